import { say, seconds, step, withoutChatter } from "./console.mjs";
import { loadEnvFiles, migrate, openDatabase } from "./database.mjs";
import { Failure, keepSecret } from "./failure.mjs";
import { portFailure, readOptions, requireFreePort } from "./options.mjs";
import { prepare } from "./prepare.mjs";
import { keptSecrets } from "./secrets.mjs";
import { loadTypeScript } from "./typescript.mjs";

/**
 * Everything between `npm start` and the address that it prints.
 * @param {import("./main.mjs").Context} context
 * @throws what a person can act on, see describe()
 */
export async function start(context) {
  await startServer(context);
}

/**
 * @param {import("./main.mjs").Context} context
 * @param {(load: (file: string) => Promise<any>, givenUrl: string | undefined) => Promise<void>} [fill]
 *   puts something into the database before anybody is served
 * @returns {Promise<{ url: string, load: (file: string) => Promise<any> }>}
 */
export async function startServer(context, fill) {
  const { root, data, args, signal, undo } = context;
  const began = performance.now();
  const command = fill ? "npm run demo" : args.includes("--dev") ? "npm run dev" : "npm start";
  const { dev, host, port } = readOptions(args, process.env, command);
  Object.assign(process.env, { NODE_ENV: dev ? "development" : "production" });
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  process.chdir(root);
  if (port > 0) await requireFreePort(host, port, command);
  await prepare(root, { withBuild: !dev, signal });
  signal.throwIfAborted();
  await loadEnvFiles(root, dev);
  await settleSecrets(data, dev);
  const givenUrl = process.env.DATABASE_URL;
  const load = await loadTypeScript(root);
  const [server, databaseUrl] = await allOrFirstError([
    load("scripts/serve.ts"),
    openingDatabase(context, load),
  ]);
  signal.throwIfAborted();
  await step("Migrating the database", () => migrate(load, databaseUrl));
  signal.throwIfAborted();
  process.env.DATABASE_URL = databaseUrl;
  await fill?.(load, givenUrl);
  signal.throwIfAborted();
  const serving = await withoutChatter(() =>
    server.serve({ databaseUrl, host, port, dev }).catch((/** @type {Error} */ error) => {
      throw portFailure(error, host, port, command);
    }),
  );
  undo.add(() => serving.close());
  say(`Smart Parking is ready: ${serving.url}  (ready in ${seconds(performance.now() - began)})`);
  return { url: serving.url, load };
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
 * @param {import("./main.mjs").Context} context
 * @param {(file: string) => Promise<any>} load
 * @returns {Promise<string>}
 */
function openingDatabase(context, load) {
  const open = () => openDatabase(context, load, { supervised: true });
  return process.env.DATABASE_URL ? open() : step("Starting Postgres", open);
}

const MIN_CRON_SECRET_LENGTH = 16;

/**
 * Makes the secrets of an installation that has its database to itself. On a given database, which
 * other processes may share, only its owner can say what they are; while developing it is us.
 * @param {string} data
 * @param {boolean} dev
 * @throws {Failure} before anything is started
 */
async function settleSecrets(data, dev) {
  if (!process.env.DATABASE_URL || dev) {
    for (const [name, secret] of Object.entries(await keptSecrets(data))) {
      process.env[name] ||= secret;
    }
  }
  const names = ["NEXTAUTH_SECRET", "CRON_SECRET"];
  for (const name of names) keepSecret(process.env[name]);
  // lib/env.ts has the last word; said here, it comes before anything is installed or built.
  const { CRON_SECRET } = process.env;
  if (CRON_SECRET && CRON_SECRET.length < MIN_CRON_SECRET_LENGTH) {
    throw new Failure(
      `CRON_SECRET must have at least ${MIN_CRON_SECRET_LENGTH} characters: \`openssl rand -base64 32\` makes one.`,
    );
  }
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length === 0) return;
  throw new Failure(
    `DATABASE_URL is given, so ${missing.join(" and ")} must be set too: \`openssl rand -base64 32\` makes one. Every process on this database needs the same.`,
  );
}
