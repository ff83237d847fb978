import classes from "./notice.module.css";

export type NoticeProps = { title: string; role?: "alert" | "status"; children: React.ReactNode };

/** A panel in place of a page that has nothing to show: what happened and what to do next. */
export function Notice({ title, role, children }: NoticeProps) {
  return (
    <div className={`${classes.notice} ${classes.page}`} role={role}>
      <h1 className={classes.title}>{title}</h1>
      <div className={classes.body}>{children}</div>
    </div>
  );
}
