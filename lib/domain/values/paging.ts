import { z } from "zod";
import { CodeText, Id } from "./fields";
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

/** Where a list of facilities, zones or devices goes on: codes of zones are not unique by themselves. */
export const CodeCursor = z.object({ code: CodeText, id: Id });
export type CodeCursor = z.infer<typeof CodeCursor>;

/** How a list of facilities, zones or devices can be ordered: by code, downwards, newest first. */
export const LIST_ORDERS = ["code", "-code", "newest"] as const;
export type ListOrder = (typeof LIST_ORDERS)[number];

/** Query parameters of every list of facilities, zones or devices. */
export const ListParams = {
  search: Search.optional(),
  retired: QueryFlag.optional(),
  sort: z.enum(LIST_ORDERS, "Must be code, -code or newest.").optional(),
};

/** A list of facilities, zones or devices: what of it, in which order, and which part. */
export type CodeList = PageRequest<CodeCursor> & {
  search?: string;
  retired?: boolean;
  /** By code where it is left out. */
  sort?: ListOrder;
};
