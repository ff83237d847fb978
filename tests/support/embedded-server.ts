import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import postgres from "postgres";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/db/embedded/embedded-postgres";

const MODULE = pathToFileURL(path.resolve("db/embedded/embedded-postgres.ts")).href;

/** A folder for one test's server, with everything that was started on it, here and elsewhere. */
export class ServerFolder {
  #servers: EmbeddedPostgres[] = [];
  #others: ChildProcess[] = [];

  private constructor(readonly directory: string) {}

  static async make(): Promise<ServerFolder> {
    return new ServerFolder(await mkdtemp(path.join(tmpdir(), "smart-parking-embedded-")));
  }

  async start(report?: (line: string) => void): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({ directory: this.directory, report });
    this.#servers.push(server);
    return server;
  }

  /** Starts the same folder's server in another process, which can be killed. */
  async startElsewhere(): Promise<ChildProcess> {
    const code = `
      const { startEmbeddedPostgres } = await import(${JSON.stringify(MODULE)});
      await startEmbeddedPostgres({ directory: ${JSON.stringify(this.directory)} });
      console.log("up");
      setInterval(() => {}, 1000);`;
    const args = ["--import", "tsx", "--input-type=module", "-e", code];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    this.#others.push(child);
    await once(child.stdout, "data");
    return child;
  }

  /** Ends all processes of the folder, the server too, and removes it. */
  async leave(): Promise<void> {
    for (const child of this.#others) await kill(child);
    // One more user, so that someone is the last even where a test stopped or killed its own.
    await this.start().catch(() => {});
    for (const server of this.#servers) await server.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

export async function query<T>(server: { url: string }, run: (sql: postgres.Sql) => Promise<T>) {
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  return run(sql).finally(() => sql.end({ timeout: 1 }));
}

export function answers(server: { url: string }): Promise<unknown> {
  return query(server, async (sql) => (await sql`select 1 as n`)[0]?.n);
}

export function pidFile(server: EmbeddedPostgres): string {
  return path.join(server.directory, "postmaster.pid");
}

export function pidOf(server: EmbeddedPostgres): number {
  return Number.parseInt(readFileSync(pidFile(server), "utf8"), 10);
}
