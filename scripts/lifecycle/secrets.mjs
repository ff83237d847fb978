import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { Failure } from "./failure.mjs";

/**
 * The scheduler's secret of this installation, made once and kept for later starts.
 * @param {string} root
 * @returns {Promise<string>}
 * @throws {Failure} when the file is damaged
 */
export async function keptCronSecret(root) {
  const file = path.join(root, ".data", "secrets.json");
  const kept = await readSecrets(file);
  if (typeof kept.cronSecret === "string" && kept.cronSecret) return kept.cronSecret;
  const cronSecret = randomBytes(32).toString("base64url");
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify({ ...kept, cronSecret }, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
  return cronSecret;
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
