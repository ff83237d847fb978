import { mkdir } from "node:fs/promises";
import path from "node:path";
import { findOrInstallChromium } from "./chromium.mjs";
import { say, step } from "./console.mjs";
import { prepare } from "./prepare.mjs";
import { loadTypeScript } from "./typescript.mjs";

/**
 * Takes pictures of every page with the demo's estate, on a database that is thrown away.
 * @param {import("./main.mjs").Context} context `args`: the folder; without it `screenshots`
 * @returns {Promise<number>} the exit code
 */
export async function screenshots({ root, args, signal, undo }) {
  process.chdir(root);
  await prepare(root, { withBuild: true, signal });
  process.env.CHROMIUM_PATH = await findOrInstallChromium(root, signal);
  const load = await loadTypeScript(root);
  const { startThrowawayPostgres } = await load("db/embedded/throwaway.ts");
  const postgres = await step("Starting Postgres", () => startThrowawayPostgres(say));
  undo.add(() => postgres.stop());
  const folder = path.resolve(root, args[0] ?? "screenshots");
  await mkdir(folder, { recursive: true });
  const { takeScreenshots } = await load("scripts/screenshots/take-screenshots.ts");
  const count = await takeScreenshots({ databaseUrl: postgres.url, folder, signal });
  say(`${count} pictures in ${folder}`);
  return 0;
}
