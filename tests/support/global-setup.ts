import { randomBytes } from "node:crypto";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrateDatabase } from "@/db/migrate";
import { makeKey, TEST_KEY } from "./accounts";
import { urlOf } from "./database-url";

declare module "vitest" {
  interface ProvidedContext {
    adminUrl: string;
    templateDatabase: string;
  }
}

/**
 * Makes the migrated template that every test database is copied from, on the server named by
 * TEST_DATABASE_URL or, without it, on an embedded Postgres that lives as long as the run.
 */
export default async function setup(project: TestProject) {
  const given = process.env.TEST_DATABASE_URL;
  const own = given ? null : await startOwnPostgres();
  const adminUrl = given ?? own?.url ?? "";
  const template = `sp_template_${randomBytes(5).toString("hex")}`;
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  const leave = async () => {
    await admin`drop database if exists ${admin(template)} with (force)`;
    await admin.end();
    await own?.stop();
  };
  try {
    await admin`create database ${admin(template)}`;
    await migrateDatabase(urlOf(adminUrl, template));
    await addTestKey(urlOf(adminUrl, template));
  } catch (error) {
    await leave();
    throw error;
  }
  project.provide("adminUrl", adminUrl);
  project.provide("templateDatabase", template);
  return leave;
}

/** Tests that are not about keys send this one without a thought. */
async function addTestKey(url: string) {
  const sql = postgres(url, { max: 1 });
  await makeKey(sql, { secret: TEST_KEY });
  await sql.end();
}

async function startOwnPostgres() {
  const { startThrowawayPostgres } = await import("@/db/embedded/throwaway");
  return startThrowawayPostgres(() => {});
}
