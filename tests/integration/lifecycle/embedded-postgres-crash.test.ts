import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { isRunning } from "@/db/embedded/processes.mjs";
import { answers, kill, pidFile, pidOf, query, ServerFolder } from "../../support/embedded-server";

const ON_LINUX = process.platform === "linux";
let folder: ServerFolder;
beforeEach(async () => {
  folder = await ServerFolder.make();
});
afterEach(() => folder.leave());

describe("after a crash", () => {
  test("a server whose starter was killed is adopted, and stopped by who adopted it", async () => {
    await kill(await folder.startElsewhere());
    const server = await folder.start();
    expect(server.adopted).toBe(true);
    const pid = pidOf(server);
    await server.stop();
    expect(isRunning(pid)).toBe(false);
  });

  test("what was committed is there when server and starter were both killed", async () => {
    const child = await folder.startElsewhere();
    const before = await folder.start();
    await query(before, (sql) => sql`create table kept as select 1 as n`);
    process.kill(pidOf(before), "SIGKILL");
    await kill(child);
    const after = await folder.start();
    expect(after.adopted).toBe(false);
    expect(await query(after, (sql) => sql`select n from kept`)).toHaveLength(1);
  });

  test.each([
    ["names another process that lives", `${process.pid}\n/elsewhere\n1\n5432\n`],
    ["names a process that is gone", "4194305\n/elsewhere\n1\n5432\n"],
    ["is empty", ""],
    ["is damaged", "abc"],
  ])("a postmaster.pid that %s does not hinder the start", async (_, content) => {
    const first = await folder.start();
    await first.stop();
    await writeFile(pidFile(first), content);
    expect(await answers(await folder.start())).toBe(1);
  });

  test.runIf(ON_LINUX)("a zombie postmaster does not hinder the start", async () => {
    const first = await folder.start();
    await first.stop();
    // The child ends once its parent has become a sleep, which never reaps it.
    const child = "until grep -q sleep /proc/$PPID/comm; do :; done";
    const parent = spawn("/bin/sh", ["-c", `sh -c '${child}' & echo $!; exec sleep 60`]);
    onTestFinished(() => void parent.kill("SIGKILL"));
    const [printed] = await once(parent.stdout, "data");
    const zombie = Number(String(printed));
    await vi.waitFor(() => {
      expect(readFileSync(`/proc/${zombie}/stat`, "utf8")).toContain(") Z ");
    });
    await writeFile(pidFile(first), `${zombie}\n${first.directory}\n1\n5432\n`);
    expect(await answers(await folder.start())).toBe(1);
  });

  test("a start killed while it made the database leaves nothing in the way", async () => {
    await mkdtemp(path.join(folder.directory, "initdb-4194305-"));
    expect(await answers(await folder.start())).toBe(1);
  });
});

describe("supervision", () => {
  test("a server that dies again and again is back on its port each time, and says so", async () => {
    const lines: string[] = [];
    const server = await folder.start((line) => lines.push(line));
    const end = server.supervise();
    await query(server, (sql) => sql`create table kept as select 1 as n`);
    for (let death = 1; death <= 3; death += 1) {
      process.kill(pidOf(server), "SIGKILL");
      await vi.waitFor(() => expect(lines).toHaveLength(death), { timeout: 10_000 });
      const kept = () => query(server, (sql) => sql`select n from kept`);
      // It is started; on a busy machine it recovers for a moment longer.
      await vi.waitFor(async () => expect(await kept()).toHaveLength(1), { timeout: 10_000 });
    }
    expect(lines[0]).toMatch(/^Postgres died and was started again on port \d+/);
    end();
  });

  test("a query that outlives the killed server does not keep it from coming back", async () => {
    const lines: string[] = [];
    const server = await folder.start((line) => lines.push(line));
    server.supervise();
    // It never looks whether the server is still there.
    const endless = query(
      server,
      (sql) => sql`select count(*) from generate_series(1, 4e9::bigint)`,
    );
    const outcome = endless.then(
      () => "finished",
      () => "cut off",
    );
    await vi.waitFor(async () => {
      const [busy] = await query(
        server,
        (sql) =>
          sql`select from pg_stat_activity where query like '%generate_series%' and pid <> pg_backend_pid()`,
      );
      expect(busy).toBeDefined();
    });
    process.kill(pidOf(server), "SIGKILL");
    await vi.waitFor(() => expect(lines).toHaveLength(1), { timeout: 10_000 });
    expect(await outcome).toBe("cut off");
    expect(await answers(server)).toBe(1);
  });

  test("a server that was stopped stays stopped", async () => {
    const server = await folder.start();
    server.supervise();
    const pid = pidOf(server);
    await server.stop();
    expect(isRunning(pid)).toBe(false);
    expect(existsSync(pidFile(server))).toBe(false);
  });
});
