import { z } from "zod";
import { Code, Id } from "./fields";
import { QueryFlag, Search } from "./filters";

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

/** Where a list that is ordered by code goes on: codes of zones are not unique by themselves. */
export const CodeCursor = z.object({ code: Code, id: Id });
export type CodeCursor = z.infer<typeof CodeCursor>;

/** Query parameters of every list of facilities, zones or devices. */
export const ListParams = { search: Search.optional(), retired: QueryFlag.optional() };

/** A list ordered by code: what of it, and which part. */
export type CodeList = PageRequest<CodeCursor> & { search?: string; retired?: boolean };
