import type { PagingProps } from "./paging";

/** So many pages back are remembered in the address: it must not outgrow what servers take. */
const MOST_PAGES_BACK = 100;

type PageInView = {
  rows: unknown[];
  total: number;
  /** Where the list goes on; null at its end. */
  nextCursor: string | number | null;
};

/**
 * The links of a list that is paged through `after` in the address.
 * @param after where the pages so far began, that of the page in view last
 */
export function afterPaging(
  after: string[],
  { rows, total, nextCursor }: PageInView,
  rowsPerPage: number,
): Omit<PagingProps, "label"> {
  return {
    previous: after.length > 0 ? after.slice(0, -1) : null,
    next: nextCursor === null ? null : [...after, String(nextCursor)].slice(-MOST_PAGES_BACK),
    firstRow: after.length < MOST_PAGES_BACK ? after.length * rowsPerPage + 1 : null,
    rowCount: rows.length,
    total,
  };
}
