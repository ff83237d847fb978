import Link from "next/link";
import classes from "./notice.module.css";

type NoticeProps = {
  title: string;
  role?: "alert" | "status";
  /** Where to go instead. */
  way?: { path: string; label: string };
  children: React.ReactNode;
};

/** A panel in place of a page that has nothing to show: what happened and what to do next. */
export function Notice({ title, role, way, children }: NoticeProps) {
  return (
    <div className={`${classes.notice} ${classes.page}`} role={role}>
      <h1 className={classes.title}>{title}</h1>
      <div className={classes.body}>
        {children}
        {way ? (
          <p>
            <Link href={way.path} prefetch={false}>
              {way.label}
            </Link>
          </p>
        ) : null}
      </div>
    </div>
  );
}
