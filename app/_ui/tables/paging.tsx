"use client";

import { QueryLink } from "../addresses/query-navigation";
import { Icon } from "../icons";
import { figure } from "../words/figures";
import classes from "./paging.module.css";

export type PagingProps = {
  /** What there are pages of, as the name of the links together. */
  label: string;
  /** "after" parameters of the page before; null on the first page. */
  previous: string[] | null;
  /** "after" parameters of the page that follows; null on the last one. */
  next: string[] | null;
  /** Null where the list has been followed too far to tell. */
  firstRow: number | null;
  rowCount: number;
  total: number;
};

/** Links to the page before and the one that follows, through `after` in the address. */
export function Paging(props: PagingProps) {
  const { label, previous, next, firstRow, rowCount, total } = props;
  if (!previous && !next) return null;
  return (
    <nav className={classes.paging} aria-label={label}>
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
