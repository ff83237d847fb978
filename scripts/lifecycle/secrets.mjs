import { randomBytes } from "node:crypto";
import path from "node:path";
import { damaged, keepJson, readKept } from "./kept.mjs";

/** The secrets of an installation, and the variables that they are given to the server in. */
const KEPT = { cronSecret: "CRON_SECRET", authSecret: "NEXTAUTH_SECRET" };

/**
 * The secrets of this installation, by the names of their variables: made once and kept for later
 * starts.
 * @param {string} data the folder of this installation's data
 * @returns {Promise<Record<"CRON_SECRET" | "NEXTAUTH_SECRET", string>>}
 * @throws {import("./failure.mjs").Failure} when the file is damaged
 */
export async function keptSecrets(data) {
  const file = path.join(data, "secrets.json");
  const kept = await readKept(file);
  const names = Object.keys(KEPT);
  const missing = names.filter((name) => kept[name] === undefined);
  const isSecret = (/** @type {unknown} */ value) => typeof value === "string" && value !== "";
  if (!names.every((name) => missing.includes(name) || isSecret(kept[name]))) throw damaged(file);
  for (const name of missing) kept[name] = randomBytes(32).toString("base64url");
  if (missing.length > 0) await keepJson(file, kept);
  const entries = Object.entries(KEPT).map(([name, variable]) => [variable, kept[name]]);
  return Object.fromEntries(entries);
}
