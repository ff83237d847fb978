import { accessSync, constants, existsSync, statSync } from "node:fs";
import path from "node:path";
import { takeTurn } from "../../db/embedded/turns.mjs";
import { build, isBuilt } from "./build.mjs";
import { say, step } from "./console.mjs";
import { install, isInstalled } from "./dependencies.mjs";
import { Failure } from "./failure.mjs";
import { applyPatches, isPatched } from "./patches.mjs";

/**
 * Installs and builds what is missing or out of date; two starts at once do it one after the other.
 * @param {string} root
 * @param {{ withBuild: boolean, signal?: AbortSignal }} options
 * @throws {Failure} when something of it fails; the message holds the end of its output
 */
export async function prepare(root, { withBuild, signal }) {
  if (await isReady(root, withBuild)) return;
  requireOwnFolders(root);
  const endTurn = await takeTurn(path.join(root, ".data", "turns-prepare"), (pid) =>
    say(`Waiting for process ${pid}, which is installing or building here.`),
  );
  try {
    if (!(await isInstalled(root))) {
      await step("Installing dependencies", () => install(root, signal));
    }
    await applyPatches(root);
    if (withBuild && !(await isBuilt(root))) await step("Building", () => build(root, signal));
  } finally {
    await endTurn();
  }
}

/**
 * @param {string} root
 * @param {boolean} withBuild
 */
async function isReady(root, withBuild) {
  if (!(await isInstalled(root)) || !(await isPatched(root))) return false;
  return !withBuild || (await isBuilt(root));
}

/** @param {string} root */
function requireOwnFolders(root) {
  for (const name of [".", ".data", ".data/logs", "node_modules", ".next"]) {
    const folder = path.join(root, name);
    if (!existsSync(folder)) continue;
    try {
      accessSync(folder, constants.W_OK);
    } catch {
      throw new Failure(
        `${folder} can't be written to: it belongs to another user (uid ${statSync(folder).uid}; was it started as root before?). Make it yours with \`sudo chown -R $(id -u):$(id -g) ${root}\`, or start as that user.`,
      );
    }
  }
}
