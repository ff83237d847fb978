import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeTurn } from "@/db/embedded/turns.mjs";

const MODULE = pathToFileURL(path.resolve("db/embedded/turns.mjs")).href;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "smart-parking-turns-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function node(code: string) {
  return spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

test("two turns never overlap, among processes and within one", async () => {
  const counter = path.join(folder, "counter");
  await writeFile(counter, "0");
  const increment = `
    import { takeTurn } from ${JSON.stringify(MODULE)};
    import { readFile, writeFile } from "node:fs/promises";
    await Promise.all([1, 2, 3].map(async () => {
      const end = await takeTurn(${JSON.stringify(path.join(folder, "turns"))});
      const seen = Number(await readFile(${JSON.stringify(counter)}, "utf8"));
      await new Promise((resolve) => setTimeout(resolve, 5));
      await writeFile(${JSON.stringify(counter)}, String(seen + 1));
      await end();
    }));`;
  const children = [1, 2, 3, 4].map(() => node(increment));
  await Promise.all(children.map((child) => once(child, "exit")));
  expect(await readFile(counter, "utf8")).toBe("12");
});

test("a turn whose holder was killed is taken by the next one", async () => {
  const holder = node(`
    import { takeTurn } from ${JSON.stringify(MODULE)};
    await takeTurn(${JSON.stringify(folder)});
    console.log("mine");
    setInterval(() => {}, 1000);`);
  await once(holder.stdout, "data");
  let waitedFor = 0;
  const turn = takeTurn(folder, (pid: number) => {
    waitedFor = pid;
    holder.kill("SIGKILL");
  });
  const end = await turn;
  expect(waitedFor).toBe(holder.pid);
  await end();
  expect(await readdir(folder)).toEqual([]);
});

test("a later process with the pid of a dead holder does not hold its turn", async () => {
  await writeFile(path.join(folder, `1.${process.pid}-1-1`), "");
  const end = await takeTurn(folder);
  await end();
});
