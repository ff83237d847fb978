import classes from "./panel.module.css";

type PanelProps = {
  id: string;
  title: string;
  /** What the panel is about, beside its title. */
  aside?: React.ReactNode;
  children: React.ReactNode;
};

/** A titled part of a page. */
export function Panel({ id, title, aside, children }: PanelProps) {
  return (
    <section className={classes.panel} aria-labelledby={`${id}-title`}>
      <div className={classes.head}>
        <h2 className={classes.title} id={`${id}-title`}>
          {title}
        </h2>
        {aside ? <div className={classes.aside}>{aside}</div> : null}
      </div>
      {children}
    </section>
  );
}
