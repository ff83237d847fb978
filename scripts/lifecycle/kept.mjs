import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { Failure } from "./failure.mjs";

/**
 * What a file that only its owner can read keeps from one start to the next; nothing, if it is not
 * there yet.
 * @param {string} file
 * @returns {Promise<Record<string, unknown>>}
 * @throws {Failure} when the file is damaged
 */
export async function readKept(file) {
  let text = "{}";
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error;
  }
  const kept = parsed(text);
  if (typeof kept === "object" && kept !== null && !Array.isArray(kept)) {
    return /** @type {Record<string, unknown>} */ (kept);
  }
  throw damaged(file);
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {string} file */
export function damaged(file) {
  return new Failure(
    `${file} is damaged. Restore it from a backup, or remove it: the next start writes a new one.`,
  );
}

/**
 * Writes it, all or nothing.
 * @param {string} file
 * @param {Record<string, unknown>} kept
 */
export async function keepJson(file, kept) {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
}

/**
 * Where the demo's sign-in is kept: for each database that it was made in by itself.
 * @param {string} root
 * @param {string | undefined} databaseUrl of a given database; none for our own
 */
export function demoFile(root, databaseUrl) {
  if (!databaseUrl) return path.join(root, ".data", "demo.json");
  const { host, pathname } = new URL(databaseUrl);
  const name = createHash("sha256").update(`${host}${pathname}`).digest("hex").slice(0, 16);
  return path.join(root, ".data", `demo-${name}.json`);
}
