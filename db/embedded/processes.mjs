import { readFileSync } from "node:fs";

/**
 * The kernel's line about a process, after its name: state, parent, ... (Linux only).
 * @param {number} pid
 * @returns {string[] | undefined}
 */
function statFields(pid) {
  if (process.platform !== "linux") return undefined;
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "latin1");
    return line.slice(line.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

/**
 * Whether a process exists. One that has died and waits to be reaped (a zombie) does not count.
 * @param {number} pid
 */
export function isRunning(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it exists and belongs to someone else.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EPERM") return false;
  }
  return !isZombie(pid);
}

/** @param {number} pid */
export function isZombie(pid) {
  const state = statFields(pid)?.[0];
  return state === "Z" || state === "X";
}

/**
 * What tells a process from a later one with the same pid; empty where the system doesn't say.
 * @param {number} pid
 */
export function birthOf(pid) {
  return statFields(pid)?.[19] ?? "";
}
