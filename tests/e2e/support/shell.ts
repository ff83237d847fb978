import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

const CURL = path.resolve("tests/e2e/support/curl.mjs");

/**
 * Runs commands as if they were pasted into a shell that has these variables. `curl` is a script of
 * ours that does with its arguments what curl does: not every machine has it.
 * @returns the lines that the commands printed
 */
export async function paste(commands: string, variables: Record<string, string>) {
  const curl = `curl() { "${process.execPath}" "${CURL}" "$@" || failed=$?; echo; return \${failed:-0}; }`;
  const env = { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV, ...variables };
  const run = promisify(execFile)("sh", ["-euc", `${curl}\n${commands}`], { env, timeout: 30_000 });
  return (await run).stdout.trim().split("\n");
}
