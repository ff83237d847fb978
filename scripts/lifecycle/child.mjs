import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Failure } from "./failure.mjs";

const SHOWN_HEAD = 8;
const SHOWN_TAIL = 20;

/**
 * Runs a command with its output in a log file, of which only a failure shows the end.
 * @param {string[]} command
 * @param {{ what: string, log: string, cwd: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal }} options
 * @throws {Failure} when it can't be run or ends with another code than 0
 */
export async function runLogged([file = "", ...args], options) {
  await mkdir(path.dirname(options.log), { recursive: true });
  const log = createWriteStream(options.log);
  const ending = await new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32" && file.endsWith(".cmd"),
      windowsHide: true,
    });
    const interrupt = () => child.kill("SIGTERM");
    options.signal?.addEventListener("abort", interrupt, { once: true });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => {
      options.signal?.removeEventListener("abort", interrupt);
      resolve(code ?? signal);
    });
  });
  await new Promise((resolve) => log.end(resolve));
  options.signal?.throwIfAborted();
  if (ending === 0) return;
  const output = await excerpt(options.log);
  throw new Failure(
    `${options.what} failed (${ending}).\n\n${output}\n\nAll of it: ${options.log}`,
  );
}

/**
 * npm names the cause first, a build last.
 * @param {string} file
 */
async function excerpt(file) {
  const lines = (await readFile(file, "utf8").catch(() => "")).trim().split("\n");
  if (lines.length <= SHOWN_HEAD + SHOWN_TAIL) return lines.join("\n");
  return [...lines.slice(0, SHOWN_HEAD), "[...]", ...lines.slice(-SHOWN_TAIL)].join("\n");
}
