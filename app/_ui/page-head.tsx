import classes from "./page-head.module.css";

type PageHeadProps = {
  title: string;
  /** What the page is for, in a sentence. */
  children: React.ReactNode;
  /** What can be done here: buttons. */
  actions?: React.ReactNode;
};

/** The head of a page. Its heading takes the focus where what had it is gone. */
export function PageHead({ title, children, actions }: PageHeadProps) {
  return (
    <div className={classes.head}>
      <div>
        <h1 className={classes.title} tabIndex={-1}>
          {title}
        </h1>
        <p className={classes.intro}>{children}</p>
      </div>
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </div>
  );
}
