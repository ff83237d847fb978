import { randomBytes } from "node:crypto";
import postgres, { type Sql } from "postgres";
import { inject } from "vitest";
import { urlOf } from "./database-url";

/** A migrated database of one test file; `drop` also ends the connections of others to it. */
export type TestDatabase = { url: string; sql: Sql; drop(): Promise<void> };

/** Copies the template that global-setup.ts migrated: a tenth of a second, not a migration. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = inject("adminUrl");
  const name = `sp_test_${randomBytes(6).toString("hex")}`;
  await asAdmin(
    adminUrl,
    (admin) => admin`create database ${admin(name)} template ${admin(inject("templateDatabase"))}`,
  );
  const url = urlOf(adminUrl, name);
  const sql = postgres(url, { max: 5, onnotice: () => {} });
  const drop = async () => {
    await sql.end({ timeout: 5 });
    await asAdmin(adminUrl, (admin) => admin`drop database if exists ${admin(name)} with (force)`);
  };
  return { url, sql, drop };
}

async function asAdmin(adminUrl: string, work: (admin: Sql) => Promise<unknown>) {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
