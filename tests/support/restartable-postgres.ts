import { readFile } from "node:fs/promises";
import path from "node:path";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/db/embedded/embedded-postgres";
import { place } from "@/db/embedded/placement";
import { startServer, stopServer } from "@/db/embedded/postmaster";
import { isRunning } from "@/db/embedded/processes.mjs";
import { until } from "./clock";

/** A real Postgres with everything synced to disk, which can be killed and restarted. */
export type RestartablePostgres = EmbeddedPostgres & {
  /** `kill -9` of the postmaster; who supervises it starts it again. */
  kill(): Promise<void>;
  /** `pg_ctl -m fast restart`, as an administrator does. */
  restart(): Promise<void>;
};

/** Starts a Postgres in this folder, or joins the one that runs there. */
export async function restartablePostgres(directory: string): Promise<RestartablePostgres> {
  const server = await startEmbeddedPostgres({ directory });
  const placement = await place(directory, () => {});
  const restart = async () => {
    await stopServer(placement, "fast");
    await startServer(placement, Number(new URL(server.url).port), () => {});
  };
  let killed = 0;
  const kill = async () => {
    // The one killed before leaves its file until the next has started.
    const next = await until("Postgres has come back", async () => {
      const pid = await postmasterOf(server.directory);
      return pid !== killed && isRunning(pid) ? pid : null;
    });
    killed = next;
    process.kill(next, "SIGKILL");
  };
  return { ...server, kill, restart };
}

/** `kill -9` of the postmaster of a data folder. */
export async function killPostgres(data: string): Promise<void> {
  process.kill(await postmasterOf(data), "SIGKILL");
}

async function postmasterOf(data: string): Promise<number> {
  const file = await readFile(path.join(data, "postmaster.pid"), "utf8");
  return Number(file.split("\n")[0]);
}
