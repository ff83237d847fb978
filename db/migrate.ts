import { existsSync } from "node:fs";
import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

/** Any fixed number: starts that share a database migrate one after the other. */
const MIGRATION_LOCK = 7_203_114;

/**
 * Brings a database to the newest schema.
 * @returns how many migrations were applied
 * @throws what Postgres says when it can't be reached or a migration fails; nothing is half-applied
 */
export async function migrateDatabase(databaseUrl: string): Promise<{ applied: number }> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    const before = await appliedMigrations(sql);
    await migrate(drizzle(sql), { migrationsFolder: migrationsFolder() });
    return { applied: (await appliedMigrations(sql)) - before };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function appliedMigrations(sql: postgres.Sql): Promise<number> {
  const [known] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as ok`;
  if (!known?.ok) return 0;
  const [row] = await sql`select count(*)::int as n from drizzle.__drizzle_migrations`;
  return row?.n ?? 0;
}

function migrationsFolder(): string {
  const folder = path.join(process.cwd(), "db", "migrations");
  if (!existsSync(folder))
    throw new Error(`No migrations in ${folder}: run from the project folder.`);
  return folder;
}
