import { and, type Column, or, type SQL, sql } from "drizzle-orm";
import type { CodeList } from "@/lib/domain/paging";

type Listed = { id: Column; code: Column; name: Column; retiredAt: Column };

/** The condition for what a list shows, whichever page of it. */
export function matches(
  table: Listed,
  { search, retired }: CodeList,
  ...others: (SQL | undefined)[]
): SQL | undefined {
  const contains = (column: Column) =>
    search === undefined ? undefined : sql`strpos(lower(${column}), lower(${search})) > 0`;
  return and(
    or(contains(table.code), contains(table.name)),
    retired === undefined ? undefined : sql`(${table.retiredAt} is not null) = ${retired}`,
    ...others,
  );
}

/** The condition for what comes after the cursor in the order of code and id. */
export function afterCursor(table: Listed, { cursor }: CodeList): SQL | undefined {
  return cursor && sql`(${table.code}, ${table.id}) > (${cursor.code}, ${cursor.id})`;
}
