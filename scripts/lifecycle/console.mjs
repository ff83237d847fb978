import { redact } from "./failure.mjs";

let midLine = false;
/** @type {NodeJS.WriteStream} */
let output = process.stdout;

/** Leaves the standard output to the result of a command; all that is said goes beside it. */
export function sayBesideResult() {
  output = process.stderr;
}

/**
 * Prints one line for a person.
 * @param {string} line
 */
export function say(line) {
  write(`${midLine ? "\n" : ""}${redact(line)}\n`);
  midLine = false;
}

/**
 * Prints what is being done and, once it is done, how long it took.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const began = performance.now();
  write(`${title} ...`);
  midLine = true;
  try {
    const result = await work();
    const took = seconds(performance.now() - began);
    write(midLine ? ` ${took}\n` : `${title}: done in ${took}\n`);
    midLine = false;
    return result;
  } finally {
    if (midLine) write("\n");
    midLine = false;
  }
}

/**
 * Keeps what libraries print in passing off the screen; warnings and errors still show.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withoutChatter(work) {
  const { log, info } = console;
  Object.assign(console, { log: () => {}, info: () => {} });
  try {
    return await work();
  } finally {
    Object.assign(console, { log, info });
  }
}

/** @param {number} ms */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** @param {string} text */
function write(text) {
  output.write(text);
}

/** A terminal that was closed, or a pipe that ended, must not keep us from stopping in order. */
export function outliveClosedOutput() {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}
