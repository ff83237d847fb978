import { and, asc, type Column, desc, or, type SQL, sql } from "drizzle-orm";
import type { CodeList } from "@/lib/domain/values/paging";

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

/** The order of a list: of its columns, and what comes after its cursor. */
export function ordered(table: Listed, { cursor, sort = "code" }: CodeList) {
  switch (sort) {
    case "code":
      return {
        orderBy: [asc(table.code), asc(table.id)],
        after: cursor && sql`(${table.code}, ${table.id}) > (${cursor.code}, ${cursor.id})`,
      };
    case "-code":
      return {
        orderBy: [desc(table.code), desc(table.id)],
        after: cursor && sql`(${table.code}, ${table.id}) < (${cursor.code}, ${cursor.id})`,
      };
    case "newest":
      return { orderBy: [desc(table.id)], after: cursor && sql`${table.id} < ${cursor.id}` };
  }
}
