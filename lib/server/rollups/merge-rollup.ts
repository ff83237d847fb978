import { type SQL, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";

export type Rollup = { table: string; key: string[]; values: string[] };

const list = (columns: string[]) =>
  sql.join(
    columns.map((column) => sql.identifier(column)),
    sql`, `,
  );

/**
 * Makes part of a rollup what it should be, touching only rows that differ.
 * @param mine which of its rows (`r`) are in question
 * @param fresh a query of what they should be, with the columns of key and values
 * @returns how many rows were added, changed or removed
 */
export async function mergeRollup(
  db: Connection,
  { table, key, values }: Rollup,
  mine: SQL,
  fresh: SQL,
): Promise<number> {
  const name = sql.identifier(table);
  const columns = list([...key, ...values]);
  const of = (alias: string) =>
    sql.join(
      key.map((column) => sql`${sql.identifier(alias)}.${sql.identifier(column)}`),
      sql`, `,
    );
  const replaced = sql.join(
    values.map((column) => sql`${sql.identifier(column)} = excluded.${sql.identifier(column)}`),
    sql`, `,
  );
  const [done] = await db.execute<{ corrected: number }>(sql`
    with fresh as materialized (${fresh}),
    removed as (
      delete from ${name} r
      where ${mine} and not exists (select from fresh f where (${of("f")}) = (${of("r")}))
      returning 1
    ), written as (
      insert into ${name} (${columns})
      select * from (
        select ${columns} from fresh except select ${columns} from ${name} r where ${mine}
      ) differing order by ${list(key)}
      on conflict (${list(key)}) do update set ${replaced}
      returning 1
    )
    select ((select count(*) from removed) + (select count(*) from written))::int as corrected`);
  return done?.corrected ?? 0;
}
