import { execFile } from "node:child_process";
import { readdir, readFile, readlink, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { lastLines } from "./cluster";
import { runProgram } from "./command";
import type { Placement } from "./placement";
import { isFree } from "./ports";
import { isRunning, isZombie } from "./processes.mjs";
import { LOG_FOLDER, LOG_PREFIX } from "./settings";

/** What the server says about itself in postmaster.pid; port 0 while it has not got that far. */
export type Postmaster = { pid: number; port: number };
export type StartResult = "started" | "busy" | "port taken";

const run = promisify(execFile);
const STARTUP_LOG = "startup.log";
/** Above the highest pid that any system gives. */
const NO_SUCH_PID = 4_194_305;
const HALF_WRITTEN_LIMIT_MS = 2_000;
/** What passes by itself, or once findPostmaster() has dealt with it. */
const BUSY =
  /lock file .*(already exists|is empty)|PID file .* is empty|invalid data in PID file|pre-existing shared memory/;
const RECOVERY_NOTICE_MS = 3_000;

/**
 * The server that runs on this data folder, or undefined. A postmaster.pid that a crash left behind
 * is made harmless on the way: a zombie or a stranger with the same pid would keep Postgres from
 * starting. Only to be called in this folder's turn.
 */
export async function findPostmaster(placement: Placement): Promise<Postmaster | undefined> {
  const file = path.join(placement.data, "postmaster.pid");
  const text = await readFile(file, "utf8").catch(unlessMissing);
  if (text === undefined) return undefined;
  const lines = text.split("\n");
  const pid = Math.abs(Number(lines[0]));
  if (!Number.isInteger(pid) || pid === 0) {
    await removeHalfWritten(file);
    return undefined;
  }
  if (isRunning(pid) && (await worksIn(placement, pid, lines[1]))) {
    return { pid, port: Number(lines[3]) || 0 };
  }
  // The rest stays: by its shared memory key Postgres knows backends that outlived the server.
  if (isRunning(pid) || isZombie(pid)) {
    await writeFile(file, [String(NO_SUCH_PID), ...lines.slice(1)].join("\n"));
  }
  return undefined;
}

async function removeHalfWritten(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found && Date.now() - found.mtimeMs > HALF_WRITTEN_LIMIT_MS) await rm(file, { force: true });
}

/** A server's working folder is its data folder; where the system hides that, its own word counts. */
async function worksIn(
  placement: Placement,
  pid: number,
  claimed: string | undefined,
): Promise<boolean> {
  if (process.platform !== "linux") return path.resolve(claimed ?? "") === placement.data;
  return (await workingFolder(placement, pid)) === placement.data;
}

async function workingFolder(placement: Placement, pid: number): Promise<string | undefined> {
  const link = `/proc/${pid}/cwd`;
  try {
    return await readlink(link);
  } catch (error) {
    // Root in a container may not look at another user's process; that user may.
    if ((error as NodeJS.ErrnoException).code !== "EACCES" || !placement.account) return undefined;
    const { uid, gid } = placement.account;
    const found = await run("readlink", [link], { uid, gid, cwd: "/" }).catch(() => undefined);
    return found?.stdout.trimEnd();
  }
}

/**
 * Starts the server and waits until it takes connections, however long a recovery takes.
 * @throws with the last lines of the server's log when it doesn't start for a reason of its own
 */
export async function startServer(
  placement: Placement,
  port: number,
  report: (line: string) => void,
): Promise<StartResult> {
  const log = path.join(placement.data, STARTUP_LOG);
  await rm(log, { force: true });
  const notice = setTimeout(
    () => report("Postgres is recovering from a crash; this can take a while."),
    RECOVERY_NOTICE_MS,
  );
  const args = ["start", "-w", "-s", "-t", "86400", "-D", placement.data, "-l", log];
  const { code, output } = await runProgram(placement, placement.binaries.pgCtl, [
    ...args,
    "-o",
    `-p ${port}`,
  ]).finally(() => clearTimeout(notice));
  if (code === 0) return "started";
  const said = `${output}\n${await readFile(log, "utf8").catch(() => "")}`;
  if (BUSY.test(said)) return "busy";
  if (!(await isFree(port))) return "port taken";
  const reason = said.includes("FATAL") ? said : await newestLog(placement.data);
  throw new Error(`Postgres did not start in ${placement.data}:\n${lastLines(reason)}`);
}

/**
 * Stops the server: "fast" ends its connections and writes everything out, "immediate" just ends it.
 * @throws when it is still there after two minutes
 */
export async function stopServer(placement: Placement, mode: "fast" | "immediate"): Promise<void> {
  const args = ["stop", "-w", "-s", "-t", "120", "-m", mode, "-D", placement.data];
  const { code, output } = await runProgram(placement, placement.binaries.pgCtl, args);
  if (code !== 0 && (await findPostmaster(placement))) {
    throw new Error(`Postgres did not stop: ${lastLines(output)}`);
  }
}

/**
 * Ends backends that outlived a killed server: they hold its memory, and until they end (a long
 * query may take its time) no server can start. Linux only; elsewhere they are waited for.
 */
export async function killOrphanedBackends(placement: Placement): Promise<void> {
  if (process.platform !== "linux") return;
  const script = 'for p in /proc/[0-9]*; do [ "$p/cwd" -ef "$1" ] && echo "$p"; done; :';
  const { account, data } = placement;
  const found = await run("/bin/sh", ["-c", script, "sh", data], {
    cwd: "/",
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  for (const folder of found.stdout.split("\n").filter(Boolean)) {
    try {
      process.kill(Number(path.basename(folder)), "SIGKILL");
    } catch {
      // Gone by itself meanwhile.
    }
  }
}

async function newestLog(data: string): Promise<string> {
  const names = await logFiles(data);
  const newest = names.at(-1);
  return newest ? readFile(path.join(data, LOG_FOLDER, newest), "utf8") : "";
}

/** Removes all but the newest log files, so that they don't grow without end. */
export async function pruneLogs(data: string, keep = 10): Promise<void> {
  const names = await logFiles(data);
  for (const name of names.slice(0, -keep)) {
    await rm(path.join(data, LOG_FOLDER, name), { force: true });
  }
}

async function logFiles(data: string): Promise<string[]> {
  const names = await readdir(path.join(data, LOG_FOLDER)).catch(unlessMissing);
  return (names ?? []).filter((name) => name.startsWith(LOG_PREFIX)).sort();
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
