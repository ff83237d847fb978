import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { getTableColumns, is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectIngest, type Sql } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { monthOf, PARTITIONED_TABLES, Partitions } from "@/db/partitions";
import * as estate from "@/db/schema";
import * as access from "@/db/schema-access";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const tables = [...Object.values(estate), ...Object.values(access)].filter((entry) =>
  is(entry, PgTable),
);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

test("the schema asks for no migration that is not there", async () => {
  // Inside the project, since drizzle-kit takes paths from there.
  const folder = await mkdtemp(path.join(ROOT, "node_modules/.migrations-"));
  try {
    await cp(path.join(ROOT, "db/migrations"), folder, { recursive: true });
    const out = `./${path.relative(ROOT, folder)}`;
    const config = path.join(folder, "drizzle.config.ts");
    await writeFile(
      config,
      `import config from "../../drizzle.config";
       export default { ...config, out: ${JSON.stringify(out)} };`,
    );
    const before = (await readdir(folder)).sort();
    const kit = path.join(ROOT, "node_modules/drizzle-kit/bin.cjs");
    await promisify(execFile)(
      process.execPath,
      [kit, "generate", `--config=${path.relative(ROOT, config)}`, "--name=unexpected"],
      { cwd: ROOT, timeout: 50_000 },
    );
    expect((await readdir(folder)).sort()).toEqual(before);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

describe("a migrated database has exactly the columns of db/schema.ts and db/schema-access.ts", () => {
  /** A type as Postgres shows it. */
  const shown = (sqlType: string) =>
    sqlType.replace(/^bigserial$/, "bigint").replace(/^varchar/, "character varying");
  const columnsOf = (table: string) => database.sql<
    { name: string; type: string; not_null: boolean; has_default: boolean }[]
  >`
    select attname as name, format_type(atttypid, atttypmod) as type, attnotnull as not_null,
           atthasdef or attidentity <> '' as has_default
    from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped order by attname`;

  test("and no other table", async () => {
    const rows = await database.sql<{ name: string }[]>`
      select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`;
    expect(rows.map(({ name }) => name).sort()).toEqual(
      tables.map((table) => getTableConfig(table).name).sort(),
    );
  });

  test.each(tables.map((table) => [getTableConfig(table).name, table] as const))(
    "%s",
    async (name, table) => {
      const expected = Object.values(getTableColumns(table)).map((column) => ({
        name: column.name,
        type: shown(column.getSQLType()),
        not_null: column.notNull,
        has_default:
          column.hasDefault ||
          column.generatedIdentity !== undefined ||
          column.getSQLType() === "bigserial",
      }));
      const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
      expect([...(await columnsOf(name))].sort(byName)).toEqual(expected.sort(byName));
    },
  );
});

test("migrating a migrated database changes nothing, and several starts at once are safe", async () => {
  const applied = await Promise.all([1, 2, 3].map(() => migrateDatabase(database.url)));
  expect(applied).toEqual(Array(3).fill({ applied: 0 }));
});

describe("the unresolved alert of a device and type is unique in the database itself", () => {
  test("anyone who writes it", async () => {
    const [index] = await database.sql`
      select indexdef from pg_indexes where indexname = 'alerts_one_live_per_device_and_type'`;
    expect(index?.indexdef).toMatch(
      /UNIQUE.*\(device_id, alert_type\) WHERE \(resolved_at IS NULL\)/,
    );
  });
});

describe("partitions", () => {
  let connections: Sql[] = [];
  beforeAll(() => {
    connections = Array.from({ length: 4 }, () => connectIngest(database.url));
  });
  afterAll(() => Promise.all(connections.map((sql) => sql.end())));

  const partitionsOf = async (table: string) => {
    const rows = await database.sql<{ name: string }[]>`
      select inhrelid::regclass::text as name from pg_inherits
      where inhparent = ${table}::regclass order by 1`;
    return rows.map(({ name }) => name);
  };

  test.each(PARTITIONED_TABLES)("%s is partitioned by time", async (table) => {
    const [row] = await database.sql`
      select pg_get_partkeydef(${table}::regclass) as key`;
    expect(row?.key).toMatch(/^RANGE \("?timestamp"?\)$/);
  });

  test.each(PARTITIONED_TABLES)(
    "of %s are made for any month, once, by many at a time",
    async (table) => {
      const months = ["2000-01-01", "2000-12-31", "2024-02-29", "2037-06-15", "2099-12-31"].map(
        (day) => monthOf(Date.parse(day)),
      );
      const makers = connections.flatMap((sql) => [new Partitions(sql), new Partitions(sql)]);
      await Promise.all(
        makers.map((partitions, i) =>
          partitions.ensure(table, i % 2 === 0 ? months : [...months].reverse()),
        ),
      );
      expect(await partitionsOf(table)).toEqual(
        ["2000_01", "2000_12", "2024_02", "2037_06", "2099_12"].map((month) => `${table}_${month}`),
      );
      for (const partitions of makers) {
        expect(months.every((month) => partitions.has(table, month))).toBe(true);
      }
    },
  );

  test("take the first and the last instant of their month, in UTC", async () => {
    await new Partitions(connections[0]!).ensure("telemetry", [monthOf(Date.UTC(2011, 1, 5))]);
    for (const at of ["2011-02-01T00:00:00Z", "2011-02-28T23:59:59.999Z"]) {
      const [row] = await database.sql`
        insert into telemetry (device_id, timestamp, voltage, current) values (1, ${at}, 1, 1)
        returning tableoid::regclass::text as partition`;
      expect(row).toEqual({ partition: "telemetry_2011_02" });
    }
  });

  test("have the keys and indexes of their table", async () => {
    await new Partitions(connections[0]!).ensure("parking_logs", [monthOf(Date.UTC(2011, 1, 5))]);
    const indexes = await database.sql<{ def: string }[]>`
      select regexp_replace(indexdef, '^.*USING', '') as def from pg_indexes
      where tablename in ('parking_logs', 'parking_logs_2011_02') order by tablename, 1`;
    const defs = indexes.map(({ def }) => def);
    const half = defs.length / 2;
    expect(half).toBeGreaterThan(0);
    expect(defs.slice(0, half)).toEqual(defs.slice(half));
  });
});
