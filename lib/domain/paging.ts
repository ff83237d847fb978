/** What of a list is asked for: without a limit all of it, with a cursor what comes after it. */
export type PageRequest<Cursor> = { limit?: number; cursor?: Cursor };

/** Part of a list; `total` counts the whole list, `nextCursor` is null at its end. */
export type Page<Row, Cursor> = { rows: Row[]; total: number; nextCursor: Cursor | null };

/** How many rows a read has to fetch: one more than the page holds tells whether others follow. */
export function rowsToFetch(limit: number | undefined): number | null {
  return limit === undefined ? null : limit + 1;
}

/**
 * Makes the page from the rows that were fetched.
 * @param cursorOf where the list goes on after a row
 */
export function cutPage<Row, Cursor>(
  fetched: Row[],
  total: number,
  limit: number | undefined,
  cursorOf: (last: Row) => Cursor,
): Page<Row, Cursor> {
  if (limit === undefined || fetched.length <= limit) {
    return { rows: fetched, total, nextCursor: null };
  }
  const rows = fetched.slice(0, limit);
  return { rows, total, nextCursor: cursorOf(rows[limit - 1] as Row) };
}
