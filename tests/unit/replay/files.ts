import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** A file of this test run with a folder of its own. */
export async function fileOf(content: string | Buffer, name = "rows.csv"): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "replay-test-"));
  folders.push(folder);
  await writeFile(path.join(folder, name), content);
  return path.join(folder, name);
}
