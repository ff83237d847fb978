import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { runLogged } from "./child.mjs";

/** Says which lock file npm ci was last run for: what it left out then is not to be had here. */
const STAMP = ".smart-parking-install";

/**
 * Whether node_modules holds what package-lock.json asks for.
 * @param {string} root
 */
export async function isInstalled(root) {
  const modules = path.join(root, "node_modules");
  const wantedText = await readFile(path.join(root, "package-lock.json"), "utf8");
  const installed = await readJson(path.join(modules, ".package-lock.json"));
  if (!installed) return false;
  const stamp = await readFile(path.join(modules, STAMP), "utf8").catch(() => "");
  const triedForThisLock = stamp === digest(wantedText);
  const wanted = JSON.parse(wantedText).packages;
  return Object.entries(wanted).every(([folder, entry]) => {
    if (folder === "" || entry.link) return true;
    const found = installed.packages[folder];
    if (!found) return isDispensable(entry, triedForThisLock);
    return found.version === entry.version && existsSync(path.join(root, folder, "package.json"));
  });
}

/**
 * @param {{ optional?: boolean, devOptional?: boolean, peer?: boolean, os?: string[], cpu?: string[], libc?: string[] }} entry
 * @param {boolean} triedForThisLock
 */
function isDispensable(entry, triedForThisLock) {
  if (!entry.optional && !entry.devOptional) return false;
  // Without a platform of its own it is a part of something that may itself be left out.
  if (triedForThisLock || entry.libc || !(entry.os || entry.cpu)) return true;
  return !(matches(entry.os, process.platform) && matches(entry.cpu, process.arch));
}

/**
 * @param {string[] | undefined} list names, or names that are excluded by a "!"
 * @param {string} value
 */
function matches(list, value) {
  if (!list || list.length === 0) return true;
  if (list.includes(`!${value}`)) return false;
  return list.includes(value) || list.every((name) => name.startsWith("!"));
}

/**
 * @param {string} root
 * @param {AbortSignal} [signal]
 * @throws {import("./failure.mjs").Failure} with the end of npm's output
 */
export async function install(root, signal) {
  const lock = await readFile(path.join(root, "package-lock.json"), "utf8");
  const log = path.join(root, ".data", "logs", "install.log");
  const env = { ...process.env, NODE_ENV: "development" };
  const run = (/** @type {string[]} */ ...args) =>
    runLogged([...npm(), ...args, "--include=dev", "--no-audit", "--no-fund"], {
      what: `Installing the dependencies (npm ${args[0]})`,
      log,
      cwd: root,
      env,
      signal,
    });
  try {
    await run("ci");
  } catch (error) {
    // A lock file made on another platform, or behind a registry that lacks some builds, is refused
    // as out of step; what it does hold is installed in the same versions all the same.
    const refused = /npm error code EUSAGE/.test(await readFile(log, "utf8").catch(() => ""));
    if (!refused || signal?.aborted) throw error;
    await run("install", "--no-save");
  }
  await writeFile(path.join(root, "node_modules", STAMP), digest(lock));
}

/** The npm that started us, or the one in the path. */
function npm() {
  const running = process.env.npm_execpath;
  if (running && /npm-cli\.[cm]?js$/.test(running)) return [process.execPath, running];
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}

/** @param {string} text */
function digest(text) {
  return createHash("sha256").update(text).digest("hex");
}

/** @param {string} file */
async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}
