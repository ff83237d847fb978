import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { Failure } from "./failure.mjs";

/** The secrets of an installation, and the variables that they are given to the server in. */
const KEPT = { cronSecret: "CRON_SECRET", authSecret: "NEXTAUTH_SECRET" };

/**
 * The secrets of this installation, by the names of their variables: made once and kept for later
 * starts.
 * @param {string} root
 * @returns {Promise<Record<"CRON_SECRET" | "NEXTAUTH_SECRET", string>>}
 * @throws {Failure} when the file is damaged
 */
export async function keptSecrets(root) {
  const file = path.join(root, ".data", "secrets.json");
  const kept = await readSecrets(file);
  const isKept = (/** @type {string} */ name) => typeof kept[name] === "string" && kept[name];
  const missing = Object.keys(KEPT).filter((name) => !isKept(name));
  for (const name of missing) kept[name] = randomBytes(32).toString("base64url");
  if (missing.length > 0) {
    await mkdir(path.dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
    await rename(draft, file);
  }
  const entries = Object.entries(KEPT).map(([name, variable]) => [variable, kept[name]]);
  return Object.fromEntries(entries);
}

/** @param {string} file */
async function readSecrets(file) {
  let text = "{}";
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(`${file} is damaged. Remove it: a new secret is made at the next start.`);
  }
}
