import { say } from "./console.mjs";
import { databaseFailure, keepUrlSecret } from "./failure.mjs";

/** How long a database given in DATABASE_URL may still be starting itself. */
const DATABASE_PATIENCE_MS = 15_000;

/**
 * The .env files that Next reads, read before we choose the database.
 * @param {string} root
 * @param {boolean} dev
 */
export async function loadEnvFiles(root, dev) {
  const { default: nextEnv } = await import("@next/env");
  nextEnv.loadEnvConfig(root, dev, { info: () => {}, error: (line) => say(String(line)) });
}

/**
 * The address of the database: that of DATABASE_URL, or of our own Postgres, which is started or
 * joined.
 * @param {import("./main.mjs").Context} context
 * @param {(file: string) => Promise<any>} load
 * @param {{ supervised: boolean }} options whether our own is started again when it dies
 * @returns {Promise<string>}
 */
export async function openDatabase({ data, undo }, load, { supervised }) {
  if (process.env.DATABASE_URL) {
    keepUrlSecret(process.env.DATABASE_URL);
    return process.env.DATABASE_URL;
  }
  const { startEmbeddedPostgres } = await load("db/embedded/embedded-postgres.ts");
  const postgres = await startEmbeddedPostgres({ directory: data, report: say });
  undo.add(() => postgres.stop());
  keepUrlSecret(postgres.url);
  if (supervised) {
    postgres.supervise();
    if (postgres.adopted) say("Postgres was running already: joined it.");
  }
  return postgres.url;
}

/**
 * Brings the database to the newest schema.
 * @param {(file: string) => Promise<any>} load
 * @param {string} databaseUrl
 * @throws {import("./failure.mjs").Failure}
 */
export async function migrate(load, databaseUrl) {
  const { migrateDatabase } = await load("db/migrate.ts");
  const until = Date.now() + DATABASE_PATIENCE_MS;
  for (;;) {
    try {
      return await migrateDatabase(databaseUrl);
    } catch (error) {
      const isStarting = ["ECONNREFUSED", "57P03"].includes(error?.code);
      if (!isStarting || Date.now() > until) throw databaseFailure(error, databaseUrl);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
