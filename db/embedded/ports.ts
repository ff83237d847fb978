import { randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";

/**
 * Below the ports that systems give to outgoing connections: a client that keeps trying a server
 * which is away could be given that very port, connect to itself, and keep it from the server.
 */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const ATTEMPTS = 100;

/**
 * The port of the last start where it is free (so that others who use this server find it again
 * after a crash), else any free one.
 * @throws when none is found
 */
export async function choosePort(data: string): Promise<number> {
  const last = await lastPort(data);
  if (last && (await isFree(last))) return last;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port for Postgres was found between ${LOWEST} and ${HIGHEST}.`);
}

/** postmaster.opts keeps the command line of the last start. */
async function lastPort(data: string): Promise<number | undefined> {
  const line = await readFile(path.join(data, "postmaster.opts"), "utf8").catch(() => "");
  const port = Number(/"-p" "(\d+)"/.exec(line)?.[1]);
  return port >= LOWEST && port < HIGHEST ? port : undefined;
}

/** Whether no one listens on this port of this machine. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () =>
      probe.close(() => resolve(true)),
    );
  });
}
