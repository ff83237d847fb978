import { rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ensureCluster, type Passwords, readPasswords, writeSettings } from "./cluster";
import { APP, isPassing, type Lease, takeLease } from "./lease";
import { type Placement, place } from "./placement";
import { choosePort } from "./ports";
import {
  findPostmaster,
  killOrphanedBackends,
  type Postmaster,
  pruneLogs,
  startServer,
  stopServer,
} from "./postmaster";
import { keepAlive } from "./supervise";
import { takeTurn } from "./turns.mjs";

export type EmbeddedPostgresOptions = {
  /** An absolute folder; the data are made in it, or where the server's user can reach. */
  directory: string;
  /** Gets the few lines that a person should read. */
  report?: (line: string) => void;
  /** For tests: nothing is synced to disk, and stop() removes the folder. */
  throwaway?: boolean;
};

export type EmbeddedPostgres = {
  /** The connection string of the database `smart_parking`. */
  url: string;
  /** Whether the server ran already. */
  adopted: boolean;
  /** The data folder. */
  directory: string;
  /** Gives the server up, and stops it when no one else uses it. */
  stop(): Promise<void>;
  /** Starts the server again on its port whenever it dies. Returns what ends that. */
  supervise(): () => void;
};

type Server = Postmaster & { lease: Lease; adopted: boolean };
type Report = (line: string) => void;

/** How long a server that starts, recovers or stops is waited for, and one that can't be started. */
const WAIT_LIMIT_MS = 10 * 60_000;
const BUSY_LIMIT_MS = 30_000;
const ORPHAN_GRACE_MS = 500;

/**
 * Runs a Postgres for this folder, or joins the one that runs on it already.
 * @throws when the folder is another user's, there is no build for this machine, or the server
 * doesn't start; the message says what to do
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { report = () => {}, throwaway = false } = options;
  const placement = await place(path.resolve(options.directory), report);
  const waiting = (pid: number) =>
    report(`Waiting for process ${pid}, which is starting Postgres.`);
  const endTurn = await takeTurn(placement.turns, waiting);
  try {
    await ensureCluster(placement, throwaway);
    const passwords = await readPasswords(placement.data);
    await writeSettings(placement, throwaway);
    const server = await acquire(placement, passwords, report);
    await pruneLogs(placement.data);
    return handle(placement, passwords, server, { ...options, report, throwaway });
  } finally {
    await endTurn();
  }
}

function handle(
  placement: Placement,
  passwords: Passwords,
  first: Server,
  options: Required<EmbeddedPostgresOptions>,
): EmbeddedPostgres {
  const { port, adopted } = first;
  let server = first;
  let endSupervision = async () => {};
  let stopped: Promise<void> | undefined;
  const recover = async () => {
    const endTurn = await takeTurn(placement.turns);
    try {
      server = await acquire(placement, passwords, options.report, port);
      return server;
    } finally {
      await endTurn();
    }
  };
  const stop = async () => {
    await endSupervision();
    await release(placement, server, options);
  };
  return {
    url: `postgres://${APP}:${passwords.app}@127.0.0.1:${port}/${APP}`,
    adopted,
    directory: placement.data,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
    supervise: () => {
      const watched = { current: () => server, recover, port };
      endSupervision = keepAlive(watched, placement.data, options.report);
      return () => void endSupervision();
    },
  };
}

/**
 * Joins the server of this folder, starting it when there is none. Only in the folder's turn.
 * @param fixedPort where it must listen, when others know it by its port already
 */
async function acquire(
  placement: Placement,
  passwords: Passwords,
  report: Report,
  fixedPort?: number,
): Promise<Server> {
  const began = Date.now();
  let adopted = true;
  for (;;) {
    const found = await findPostmaster(placement);
    if (found) {
      const lease = found.port ? await tryLease(found.port, passwords) : undefined;
      if (lease) return { ...found, lease, adopted };
      giveUpAfter(began, WAIT_LIMIT_MS, `Postgres (process ${found.pid}) runs but doesn't answer.`);
    } else {
      const port = fixedPort ?? (await choosePort(placement.data));
      const result = await startServer(placement, port, report);
      if (result === "started") {
        adopted = false;
        continue;
      }
      const reason = result === "busy" ? "its memory is still in use" : `port ${port} is taken`;
      giveUpAfter(began, BUSY_LIMIT_MS, `Postgres can't be started: ${reason}.`);
      const orphansHadTime = Date.now() - began > ORPHAN_GRACE_MS;
      if (result === "busy" && orphansHadTime) await killOrphanedBackends(placement);
    }
    await pause(50);
  }
}

async function tryLease(port: number, passwords: Passwords): Promise<Lease | undefined> {
  try {
    return await takeLease(port, passwords);
  } catch (error) {
    if (isPassing(error)) return undefined;
    throw error;
  }
}

function giveUpAfter(began: number, limitMs: number, message: string): void {
  if (Date.now() - began > limitMs) throw new Error(message);
}

/** In the folder's turn, so that no start can join a server that is being stopped. */
async function release(
  placement: Placement,
  server: Server,
  options: Required<EmbeddedPostgresOptions>,
): Promise<void> {
  const endTurn = await takeTurn(placement.turns);
  try {
    const alone = await server.lease.giveUp().catch(() => true);
    const running = alone && (await findPostmaster(placement));
    if (running) await stopServer(placement, options.throwaway ? "immediate" : "fast");
    await server.lease.close();
    if (!options.throwaway || !alone) return;
    await rm(placement.root, { recursive: true, force: true, maxRetries: 5 });
    await rm(path.resolve(options.directory), { recursive: true, force: true });
  } finally {
    await endTurn();
  }
}
