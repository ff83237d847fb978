import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "./failure.mjs";

/** Corrections of installed packages: unified diffs, each named after the version that it fits. */
const FOLDER = "patches";
const NAME = /^(?<name>.+)@(?<version>[^@]+)\.patch$/;

/** @typedef {{ before: string, after: string }} Hunk */
/** @typedef {{ file: string, hunks: Hunk[] }} Change */

/**
 * Whether everything in `patches/` is in node_modules.
 * @param {string} root
 */
export async function isPatched(root) {
  try {
    return (await pendingChanges(root)).length === 0;
  } catch {
    return false;
  }
}

/**
 * Puts what is in `patches/` into node_modules; what is there already stays as it is. No install
 * script of a package manager has to have run.
 * @param {string} root
 * @throws {Failure} when a patch does not fit what is installed
 */
export async function applyPatches(root) {
  for (const { file, text } of await pendingChanges(root)) {
    // Renamed into place, so that a killed start leaves no half of it.
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, text);
    await rename(draft, file);
  }
}

/** @param {string} root */
async function pendingChanges(root) {
  const names = (await readdir(path.join(root, FOLDER))).filter((name) => NAME.test(name));
  const lists = await Promise.all(names.map((name) => pendingOf(root, name)));
  return lists.flat();
}

/**
 * @param {string} root
 * @param {string} patch
 */
async function pendingOf(root, patch) {
  const { name = "", version } = NAME.exec(patch)?.groups ?? {};
  const folder = path.join(root, "node_modules", name);
  const manifest = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  if (manifest.version !== version) {
    throw new Failure(
      `${FOLDER}/${patch} is for ${name} ${version}, but ${manifest.version} is installed. Run \`npm ci\`.`,
    );
  }
  const text = await readFile(path.join(root, FOLDER, patch), "utf8");
  const changed = changesIn(text).map(async (change) => {
    const file = path.join(folder, change.file);
    const before = await readFile(file, "utf8");
    const after = change.hunks.reduce((source, hunk) => {
      const result = replaceOnce(source, hunk);
      if (result !== null) return result;
      throw new Failure(`${FOLDER}/${patch} does not fit ${file}. Run \`npm ci\`.`);
    }, before);
    return { file, text: after, isPending: after !== before };
  });
  return (await Promise.all(changed)).filter(({ isPending }) => isPending);
}

/**
 * Null when a source holds neither side of a hunk, or holds the old one more than once.
 * @param {string} source
 * @param {Hunk} hunk
 */
function replaceOnce(source, { before, after }) {
  if (source.includes(after)) return source;
  const parts = source.split(before);
  return parts.length === 2 ? parts.join(after) : null;
}

/**
 * The files that a unified diff changes.
 * @param {string} diff
 * @returns {Change[]}
 */
export function changesIn(diff) {
  // A checkout may have given the patch the line ends of its system; packages keep their own.
  const [, ...files] = diff.replaceAll("\r\n", "\n").split(/^--- .*\n\+\+\+ b\//m);
  return files.map((text) => {
    const [file = "", ...hunks] = text.split(/\n@@ .* @@.*\n/);
    return { file, hunks: hunks.map(sidesOf) };
  });
}

/**
 * @param {string} hunk
 * @returns {Hunk}
 */
function sidesOf(hunk) {
  const lines = hunk.replace(/\n$/, "").split("\n");
  const side = (/** @type {string} */ other) =>
    lines
      .filter((line) => !line.startsWith(other))
      .map((line) => `${line.slice(1)}\n`)
      .join("");
  return { before: side("+"), after: side("-") };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await applyPatches(fileURLToPath(new URL("../..", import.meta.url)));
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exitCode = 1;
  }
}
