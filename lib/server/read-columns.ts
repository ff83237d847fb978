import { type SQL, sql } from "drizzle-orm";
import type { Runs } from "@/lib/server/sql";

/** What JSON brings back as it was. */
type Plain = string | number | boolean | null | readonly Plain[];

/**
 * Reads thousands of rows as one value, column by column: the driver takes several times as long for
 * each row by itself (docs/decisions/reads-of-many-devices.md).
 * @param columns the names that the query gives its columns
 * @param query in its own order, which stays
 */
export async function readColumns<Row extends { [K in keyof Row]: Plain }>(
  db: Runs,
  columns: readonly (keyof Row & string)[],
  query: SQL,
): Promise<Row[]> {
  const each = columns.map((name) => sql.raw(`'${name}', json_agg(r."${name}")`));
  const [read] = await db.execute<{ columns: { [K in keyof Row]: Row[K][] | null } }>(sql`
    select json_build_object(${sql.join(each, sql`, `)}) as columns from (${query}) r`);
  const lists = columns.map((name) => read!.columns[name] ?? []);
  const rows: Row[] = new Array(lists[0]?.length ?? 0);
  for (let nr = 0; nr < rows.length; nr++) {
    const row = {} as Row;
    for (let i = 0; i < columns.length; i++) row[columns[i]!] = lists[i]![nr]!;
    rows[nr] = row;
  }
  return rows;
}
