import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { birthOf, isRunning } from "./processes.mjs";

let taken = 0;

/**
 * Waits until it is this caller's turn among all processes that use the folder.
 *
 * Lamport's bakery with one file a ticket: a file that a killed process left is told by its name
 * and removed by anybody, without the race that taking over a single stale lock file has.
 * @param {string} directory
 * @param {(holderPid: number) => void} [onWait] called once when someone else is ahead
 * @returns {Promise<() => Promise<void>>} ends the turn
 * @throws {NodeJS.ErrnoException} when the folder can't be written to
 */
export async function takeTurn(directory, onWait) {
  await mkdir(directory, { recursive: true });
  taken += 1;
  const id = `${process.pid}-${birthOf(process.pid)}-${taken}`;
  const choosing = path.join(directory, `choosing.${id}`);
  await writeFile(choosing, "");
  const numbers = (await liveTickets(directory)).map((ticket) => ticket.number);
  const mine = { number: Math.max(0, ...numbers) + 1, id };
  const file = path.join(directory, `${mine.number}.${id}`);
  await writeFile(file, "");
  await rm(choosing, { force: true });
  await waitForTurn(directory, mine, onWait);
  return () => rm(file, { force: true });
}

/**
 * @param {string} directory
 * @param {{ number: number, id: string }} mine
 * @param {((holderPid: number) => void) | undefined} onWait
 */
async function waitForTurn(directory, mine, onWait) {
  let told = false;
  for (;;) {
    const ahead = (await liveTickets(directory)).find((other) => isAhead(other, mine));
    if (!ahead) return;
    if (!told && ahead.number > 0) {
      told = true;
      onWait?.(pidOf(ahead.id));
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/**
 * @param {{ number: number, id: string }} other its number is 0 while it chooses one
 * @param {{ number: number, id: string }} mine
 */
function isAhead(other, mine) {
  if (other.id === mine.id) return false;
  return other.number < mine.number || (other.number === mine.number && other.id < mine.id);
}

/**
 * @param {string} directory
 * @returns {Promise<{ number: number, id: string }[]>}
 */
async function liveTickets(directory) {
  const tickets = [];
  for (const name of await readdir(directory)) {
    const match = /^(choosing|\d+)\.(\d+-\d*-\d+)$/.exec(name);
    if (!match?.[1] || !match[2]) continue;
    if (isHolderAlive(match[2])) tickets.push({ number: Number(match[1]) || 0, id: match[2] });
    else await rm(path.join(directory, name), { force: true });
  }
  return tickets;
}

/** @param {string} id */
function isHolderAlive(id) {
  const pid = pidOf(id);
  return isRunning(pid) && birthOf(pid) === id.split("-")[1];
}

/** @param {string} id */
function pidOf(id) {
  return Number(id.split("-")[0]);
}
