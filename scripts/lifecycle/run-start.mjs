import path from "node:path";
import { say, seconds, step, withoutChatter } from "./console.mjs";
import { databaseFailure, Failure, keepSecret, keepUrlSecret } from "./failure.mjs";
import { portFailure, readOptions, requireFreePort } from "./options.mjs";
import { prepare } from "./prepare.mjs";
import { keptSecrets } from "./secrets.mjs";
import { loadTypeScript } from "./typescript.mjs";

/** How long a database given in DATABASE_URL may still be starting itself. */
const DATABASE_PATIENCE_MS = 15_000;

/**
 * Everything between `npm start` and the address that it prints.
 * @param {import("./main.mjs").Context} context
 * @throws what a person can act on, see describe()
 */
export async function start({ root, args, signal, undo }) {
  const began = performance.now();
  const { dev, host, port } = readOptions(args, process.env);
  Object.assign(process.env, { NODE_ENV: dev ? "development" : "production" });
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  process.chdir(root);
  if (port > 0) await requireFreePort(host, port);
  await prepare(root, { withBuild: !dev, signal });
  signal.throwIfAborted();
  await loadEnvFiles(root, dev);
  const load = await loadTypeScript(root);
  const [server, databaseUrl] = await allOrFirstError([
    load("scripts/serve.ts"),
    database(root, load, undo, dev),
  ]);
  signal.throwIfAborted();
  await migrate(load, databaseUrl);
  signal.throwIfAborted();
  const serving = await withoutChatter(() =>
    server.serve({ databaseUrl, host, port, dev }).catch((/** @type {Error} */ error) => {
      throw portFailure(error, host, port);
    }),
  );
  undo.add(() => serving.close());
  say(`Smart Parking is ready: ${serving.url}  (ready in ${seconds(performance.now() - began)})`);
}

/**
 * Waits for all even when one fails, so that what another is starting gets known and stopped.
 * @param {[Promise<any>, Promise<string>]} promises
 * @returns {Promise<[any, string]>}
 */
async function allOrFirstError(promises) {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/**
 * The .env files that Next reads, read before we choose the database.
 * @param {string} root
 * @param {boolean} dev
 */
async function loadEnvFiles(root, dev) {
  const { default: nextEnv } = await import("@next/env");
  nextEnv.loadEnvConfig(root, dev, { info: () => {}, error: (line) => say(String(line)) });
}

/** @param {string} root */
async function setSecrets(root) {
  for (const [name, secret] of Object.entries(await keptSecrets(root))) {
    process.env[name] ||= secret;
    keepSecret(process.env[name]);
  }
}

/** @throws {Failure} before anything is started */
function requireGivenSecrets() {
  const missing = ["NEXTAUTH_SECRET", "CRON_SECRET"].filter((name) => !process.env[name]);
  if (missing.length === 0) return;
  throw new Failure(
    `DATABASE_URL is given, so ${missing.join(" and ")} must be set too: \`openssl rand -base64 32\` makes one. Every process on this database needs the same.`,
  );
}

/**
 * @param {string} root
 * @param {(file: string) => Promise<any>} load
 * @param {import("./undo.mjs").Undo} undo
 * @param {boolean} dev
 * @returns {Promise<string>}
 */
async function database(root, load, undo, dev) {
  if (process.env.DATABASE_URL) {
    keepUrlSecret(process.env.DATABASE_URL);
    // Only whoever owns the database can say what its processes share; while developing it is us.
    if (dev) await setSecrets(root);
    else requireGivenSecrets();
    return process.env.DATABASE_URL;
  }
  const directory = path.join(root, ".data");
  const { startEmbeddedPostgres } = await load("db/embedded/embedded-postgres.ts");
  const postgres = await step("Starting Postgres", () =>
    startEmbeddedPostgres({ directory, report: say }),
  );
  undo.add(() => postgres.stop());
  keepUrlSecret(postgres.url);
  postgres.supervise();
  if (postgres.adopted) say("Postgres was running already: joined it.");
  await setSecrets(root);
  return postgres.url;
}

/**
 * @param {(file: string) => Promise<any>} load
 * @param {string} databaseUrl
 */
async function migrate(load, databaseUrl) {
  const { migrateDatabase } = await load("db/migrate.ts");
  const until = Date.now() + DATABASE_PATIENCE_MS;
  await step("Migrating the database", async () => {
    for (;;) {
      try {
        return await migrateDatabase(databaseUrl);
      } catch (error) {
        const isStarting = ["ECONNREFUSED", "57P03"].includes(error?.code);
        if (!isStarting || Date.now() > until) throw databaseFailure(error, databaseUrl);
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  });
}
