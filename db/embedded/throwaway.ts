import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres";
import { place } from "./placement";
import { findPostmaster, stopServer } from "./postmaster";
import { isRunning } from "./processes.mjs";

const PREFIX = "smart-parking-run-";

/**
 * A server for one test run, in the system's folder for temporary files. What earlier runs left
 * there because they were killed is stopped and removed first.
 * @throws what startEmbeddedPostgres() throws
 */
export async function startThrowawayPostgres(
  report: (line: string) => void,
): Promise<EmbeddedPostgres> {
  await sweepLeftovers();
  const directory = await mkdtemp(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
  return startEmbeddedPostgres({ directory, report, throwaway: true });
}

async function sweepLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (!pid || isRunning(Number(pid))) continue;
    const directory = path.join(tmpdir(), name);
    const found = await stat(directory).catch(() => undefined);
    if (!found || (process.getuid && found.uid !== process.getuid())) continue;
    const placement = await place(directory, () => {});
    if (await findPostmaster(placement)) await stopServer(placement, "immediate");
    await rm(placement.root, { recursive: true, force: true });
    await rm(directory, { recursive: true, force: true });
  }
}
