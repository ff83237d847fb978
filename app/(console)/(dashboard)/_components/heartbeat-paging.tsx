"use client";

import { figure } from "@/app/_ui/figures";
import { Icon } from "@/app/_ui/icons";
import { QueryLink } from "@/app/_ui/query-navigation";
import classes from "./heartbeat.module.css";

export type HeartbeatPagingProps = {
  /** "after" parameters of the page before; null on the first page. */
  previous: string[] | null;
  /** "after" parameters of the page that follows; null on the last one. */
  next: string[] | null;
  /** Null where the list has been followed too far to tell. */
  firstRow: number | null;
  rowCount: number;
  total: number;
};

export function HeartbeatPaging(props: HeartbeatPagingProps) {
  const { previous, next, firstRow, rowCount, total } = props;
  if (!previous && !next) return null;
  return (
    <nav className={classes.paging} aria-label="Pages of devices">
      <span>
        {rowCount > 0 && firstRow !== null
          ? `${figure(firstRow)}–${figure(firstRow + rowCount - 1)} of ${figure(total)}`
          : null}
      </span>
      <PageLink after={previous}>
        <Icon name="left" size={14} /> Previous
      </PageLink>
      <PageLink after={next}>
        Next <Icon name="right" size={14} />
      </PageLink>
    </nav>
  );
}

function PageLink({ after, children }: { after: string[] | null; children: React.ReactNode }) {
  if (!after) return <span className={classes.noPage}>{children}</span>;
  return (
    <QueryLink changes={{ after }} className={classes.page}>
      {children}
    </QueryLink>
  );
}
