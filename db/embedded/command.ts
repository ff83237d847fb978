import { type ChildProcess, spawn } from "node:child_process";
import type { Placement } from "./placement";

export type Outcome = { code: number; output: string };

/** What the programs need of our environment: no PG* variable may steer them, no secret reach them. */
const PASSED_ON = [
  "PATH",
  "HOME",
  "TMPDIR",
  "TEMP",
  "TMP",
  "SystemRoot",
  "ComSpec",
  "LOCALAPPDATA",
];

/**
 * Runs one of Postgres's programs as the server's user, in a process group of its own so that a
 * Ctrl-C in the terminal reaches neither it nor the server that it starts.
 */
export function runProgram(
  placement: Placement,
  file: string,
  args: string[],
  started?: (child: ChildProcess) => void,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      // A folder that the server's user can enter: pg_ctl asks where it is.
      cwd: placement.root,
      env: environment(),
      detached: process.platform !== "win32",
      windowsHide: true,
      stdio: ["ignore", "pipe", "pipe"],
      ...(placement.account && { uid: placement.account.uid, gid: placement.account.gid }),
    });
    let output = "";
    const keep = (chunk: Buffer) => {
      output = (output + chunk).slice(-8_000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", reject);
    // Not "close": on some systems the server that pg_ctl starts inherits the pipes.
    child.on("exit", (code) => setImmediate(() => resolve({ code: code ?? 1, output })));
    started?.(child);
  });
}

function environment(): NodeJS.ProcessEnv {
  const kept: Record<string, string | undefined> = { LC_ALL: "C", TZ: "UTC" };
  for (const name of PASSED_ON) kept[name] = process.env[name];
  return kept as NodeJS.ProcessEnv;
}
