import { type SQL, sql } from "drizzle-orm";
import type { Runs } from "./sql";

// Thousands of rows come as one value, column by column: the driver takes several times as long for
// each row by itself (docs/decisions/reads-of-many-devices.md).

/** What JSON brings back as it was. */
type Plain = string | number | boolean | null | readonly Plain[];
/** A list for each column; null where there is no row. */
export type Columns<Row> = { [K in keyof Row]: Row[K][] | null };

/** The columns of a relation r as one JSON value, in its order. */
export function asColumns<Row>(names: readonly (keyof Row & string)[]): SQL {
  const each = names.map((name) => sql.raw(`'${name}', json_agg(r."${name}")`));
  return sql`json_build_object(${sql.join(each, sql`, `)})`;
}

/** @param made what a row becomes; it is given the same object for every row */
export function eachRow<Row extends { [K in keyof Row]: Plain }, Made>(
  columns: Columns<Row>,
  made: (row: Row) => Made,
): Made[] {
  const names = Object.keys(columns) as (keyof Row)[];
  const lists = names.map((name) => columns[name] ?? []);
  const row = {} as Row;
  return Array.from({ length: lists[0]?.length ?? 0 }, (_, nr) => {
    for (let i = 0; i < names.length; i++) row[names[i]!] = lists[i]![nr]!;
    return made(row);
  });
}

/** Reads all rows of a query. */
export async function readColumns<Row extends { [K in keyof Row]: Plain }>(
  db: Runs,
  names: readonly (keyof Row & string)[],
  query: SQL,
): Promise<Row[]> {
  const [read] = await db.execute<{ columns: Columns<Row> }>(
    sql`select ${asColumns<Row>(names)} as columns from (${query}) r`,
  );
  return eachRow(read!.columns, (row) => ({ ...row }));
}
