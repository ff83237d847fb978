import classes from "./card.module.css";

type CardProps = {
  title: string;
  /** Why someone is here, in a sentence. */
  intro?: React.ReactNode;
  role?: "alert";
  children?: React.ReactNode;
};

/** The one thing that an entrance page is about. */
export function Card({ title, intro, role, children }: CardProps) {
  return (
    <div className={classes.card} role={role}>
      <h1 className={classes.title}>{title}</h1>
      {intro ? <p className={classes.intro}>{intro}</p> : null}
      {children}
    </div>
  );
}
