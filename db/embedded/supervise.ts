import { setTimeout as pause } from "node:timers/promises";
import type { Lease } from "./lease";
import { type Postmaster, pruneLogs } from "./postmaster";
import { isRunning } from "./processes.mjs";

const LOOK_EVERY_MS = 200;
const RETRY_EVERY_MS = 500;
const PRUNE_EVERY_MS = 60 * 60_000;

type Server = Postmaster & { lease: Lease };
type Watched = {
  current(): Server;
  /** Joins the server, starting it when there is none. */
  recover(): Promise<Server>;
  port: number;
};

/**
 * Watches a server and brings it back when it dies, without end. A lost lease counts as a reason
 * to look too. Returns what ends the watch, after a recovery that is under way.
 */
export function keepAlive(
  watched: Watched,
  data: string,
  report: (line: string) => void,
): () => Promise<void> {
  let ended = false;
  let recovery: Promise<void> | undefined;
  const look = () => {
    const server = watched.current();
    if (recovery || (isRunning(server.pid) && server.lease.isHeld())) return;
    recovery = recoverUntilDone(watched, () => ended, report).finally(() => {
      recovery = undefined;
    });
  };
  const timers = [
    setInterval(look, LOOK_EVERY_MS),
    setInterval(() => void pruneLogs(data).catch(() => {}), PRUNE_EVERY_MS),
  ];
  return async () => {
    ended = true;
    for (const timer of timers) clearInterval(timer);
    await recovery;
  };
}

async function recoverUntilDone(
  watched: Watched,
  isEnded: () => boolean,
  report: (line: string) => void,
): Promise<void> {
  const began = Date.now();
  const before = watched.current();
  await before.lease.close();
  let told = "";
  while (!isEnded()) {
    try {
      const server = await watched.recover();
      if (server.pid !== before.pid) report(describe(server, watched.port, Date.now() - began));
      return;
    } catch (error) {
      const message = (error as Error).message;
      if (message !== told) report(`Postgres is down and can't be started yet: ${message}`);
      told = message;
      await pause(RETRY_EVERY_MS);
    }
  }
}

function describe(server: Server, port: number, tookMs: number): string {
  if (server.port !== port) {
    return `Postgres died, and another process started it on port ${server.port} instead of ${port}: start Smart Parking again.`;
  }
  return `Postgres died and was started again on port ${port} (took ${(tookMs / 1000).toFixed(1)} s).`;
}
