import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { runLogged } from "./child.mjs";
import { compressStatic } from "./compress-static.mjs";

const FOLDERS = ["app", "lib", "db", "public"];
const ROOT_FILE = /^(\.env.*|.*\.(ts|tsx|mts|js|cjs|mjs|json))$/;
/** Made by Next itself, or without a say in the build. */
const LEFT_OUT = new Set([
  "next-env.d.ts",
  "biome.json",
  "vercel.json",
  "drizzle.config.ts",
  "vitest.config.ts",
]);
/** Read by the process around Next only. */
const NOT_BUILT = /^db[/\\](embedded|migrations)[/\\]/;
const STAMP = "smart-parking-build";

/**
 * Whether .next was built from the sources as they are.
 * @param {string} root
 */
export async function isBuilt(root) {
  const stamp = await readFile(stampFile(root), "utf8").catch(() => "");
  return existsSync(path.join(root, ".next", "BUILD_ID")) && stamp === (await sourceHash(root));
}

/**
 * @param {string} root
 * @param {AbortSignal} [signal]
 * @throws {import("./failure.mjs").Failure} with the end of the build's output
 */
export async function build(root, signal) {
  // Taken first: what changes during the build must be built again.
  const hash = await sourceHash(root);
  await rm(stampFile(root), { force: true });
  const next = path.join(root, "node_modules", "next", "dist", "bin", "next");
  await runLogged([process.execPath, next, "build"], {
    what: "Building (next build)",
    log: path.join(root, ".data", "logs", "build.log"),
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    signal,
  });
  await compressStatic(root);
  await writeFile(stampFile(root), hash);
}

/**
 * A hash of everything that a build reads: sources, configuration, versions, public variables.
 * @param {string} root
 */
export async function sourceHash(root) {
  const names = await readdir(root, { withFileTypes: true });
  const top = names
    .filter((entry) => entry.isFile() && ROOT_FILE.test(entry.name) && !LEFT_OUT.has(entry.name))
    .map((entry) => entry.name);
  const lists = await Promise.all(FOLDERS.map((folder) => filesBelow(root, folder)));
  const files = [...top, ...lists.flat().filter((file) => !NOT_BUILT.test(file))].sort();
  const contents = await Promise.all(files.map((file) => readFile(path.join(root, file))));
  const hash = createHash("sha256");
  for (const [index, file] of files.entries()) {
    const content = contents[index] ?? "";
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  const shown = Object.entries(process.env).filter(([name]) => name.startsWith("NEXT_PUBLIC_"));
  return hash.update(JSON.stringify(shown.sort())).digest("hex");
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
async function filesBelow(root, folder) {
  if (!existsSync(path.join(root, folder))) return [];
  const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)));
}

/** @param {string} root */
function stampFile(root) {
  return path.join(root, ".next", STAMP);
}
