import { spawn } from "node:child_process";
import path from "node:path";
import { findOrInstallChromium } from "./chromium.mjs";
import { say, step } from "./console.mjs";
import { keepUrlSecret } from "./failure.mjs";
import { prepare } from "./prepare.mjs";
import { loadTypeScript } from "./typescript.mjs";

/** How long vitest may take to stop by itself after a Ctrl-C, which reached it too. */
const STOP_GRACE_MS = 5_000;

/**
 * Everything between `npm test` and its exit code.
 * @param {import("./main.mjs").Context} context
 * @returns {Promise<number>} vitest's exit code
 * @throws what a person can act on, see describe()
 */
export async function test({ root, args, signal, undo }) {
  process.chdir(root);
  const env = testEnvironment();
  if (isUnitOnly(args)) {
    await prepare(root, { withBuild: false, signal });
    return runVitest(root, args, env, signal);
  }
  await prepare(root, { withBuild: true, signal });
  env.CHROMIUM_PATH = await findOrInstallChromium(root, signal);
  signal.throwIfAborted();
  env.TEST_DATABASE_URL ||= await throwawayDatabase(root, undo);
  signal.throwIfAborted();
  return runVitest(root, args, env, signal);
}

/** Tests must never find their way to a real database. */
function testEnvironment() {
  const { DATABASE_URL: _url, CRON_SECRET: _secret, NODE_ENV: _mode, ...env } = process.env;
  return /** @type {NodeJS.ProcessEnv} */ ({ ...env, NEXT_TELEMETRY_DISABLED: "1" });
}

/**
 * Rules are tested without a server: then nothing is built or started.
 * @param {string[]} args
 */
export function isUnitOnly(args) {
  if (args.includes("--project=unit")) return !args.some((arg) => /^--project=(?!unit$)/.test(arg));
  const files = args.filter((arg) => !arg.startsWith("-"));
  return files.length > 0 && files.every((file) => /^(\.\/)?tests\/unit(\/|$)/.test(file));
}

/**
 * @param {string} root
 * @param {import("./undo.mjs").Undo} undo
 * @returns {Promise<string>}
 */
async function throwawayDatabase(root, undo) {
  const load = await loadTypeScript(root);
  const { startThrowawayPostgres } = await load("db/embedded/throwaway.ts");
  const postgres = await step("Starting Postgres", () => startThrowawayPostgres(say));
  undo.add(() => postgres.stop());
  keepUrlSecret(postgres.url);
  return postgres.url;
}

/**
 * @param {string} root
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 * @returns {Promise<number>}
 */
function runVitest(root, args, env, signal) {
  const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vitest, "run", ...args], {
      cwd: root,
      env,
      stdio: ["ignore", "inherit", "inherit"],
    });
    const stop = () => {
      setTimeout(() => child.kill("SIGKILL"), 2 * STOP_GRACE_MS).unref();
      if (signal.reason?.message !== "SIGINT") child.kill("SIGTERM");
      else setTimeout(() => child.kill("SIGTERM"), STOP_GRACE_MS).unref();
    };
    signal.addEventListener("abort", stop, { once: true });
    child.on("error", reject);
    child.on("exit", (code) => resolve(signal.aborted ? 130 : (code ?? 1)));
  });
}
