import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startEmbeddedPostgres } from "@/db/embedded/embedded-postgres";
import { isRunning } from "@/db/embedded/processes.mjs";
import { answers, pidFile, pidOf, query, ServerFolder } from "../../support/embedded-server";

const ON_LINUX = process.platform === "linux";
let folder: ServerFolder;
beforeEach(async () => {
  folder = await ServerFolder.make();
});
afterEach(() => folder.leave());

describe("a new server", () => {
  test("is UTF-8 with the built-in locale, in UTC, durable, and heard on 127.0.0.1 only", async () => {
    const server = await folder.start();
    expect(server.adopted).toBe(false);
    const [found] = await query(
      server,
      (sql) => sql`
        select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale,
               current_setting('timezone') as zone, current_setting('fsync') as fsync,
               current_setting('synchronous_commit') as commit,
               current_setting('listen_addresses') as hosts,
               current_setting('unix_socket_directories') as sockets
        from pg_database where datname = current_database()`,
    );
    expect(found).toEqual({
      encoding: "UTF8",
      provider: "b",
      locale: "C.UTF-8",
      zone: "UTC",
      fsync: "on",
      commit: "on",
      hosts: "127.0.0.1",
      sockets: "",
    });
  });

  test("lets in no one without the password, which only its user can read", async () => {
    const server = await folder.start();
    const url = new URL(server.url);
    url.password = "wrong";
    await expect(query({ ...server, url: url.href }, (sql) => sql`select 1`)).rejects.toThrow(
      "password authentication failed",
    );
    const file = path.join(server.directory, "smart-parking-passwords.json");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("gives the application a role that is no superuser and can make databases", async () => {
    const [role] = await query(
      await folder.start(),
      (sql) => sql`select rolsuper, rolcreatedb from pg_roles where rolname = current_user`,
    );
    expect(role).toEqual({ rolsuper: false, rolcreatedb: true });
  });

  test.runIf(ON_LINUX)("is out of reach of a Ctrl-C in our terminal", async () => {
    const pid = pidOf(await folder.start());
    const session = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[3];
    expect(Number(session)).toBe(pid);
  });

  test("keeps its data and its port from start to start", async () => {
    const first = await folder.start();
    await query(first, (sql) => sql`create table kept as select 1 as n`);
    await first.stop();
    expect(existsSync(pidFile(first))).toBe(false);
    const second = await folder.start();
    expect(second.url).toBe(first.url);
    expect(await query(second, (sql) => sql`select n from kept`)).toHaveLength(1);
  });
});

describe("two users of one folder", () => {
  test("share one server, which lives until the last of them stops", async () => {
    const [first, second] = await Promise.all([folder.start(), folder.start()]);
    expect(second.url).toBe(first.url);
    expect([first.adopted, second.adopted].sort()).toEqual([false, true]);
    await first.stop();
    expect(await answers(second)).toBe(1);
    const pid = pidOf(second);
    await second.stop();
    expect(isRunning(pid)).toBe(false);
  });

  test("in two processes: stopping one leaves the server to the other", async () => {
    await folder.startElsewhere();
    const ours = await folder.start();
    const pid = pidOf(ours);
    await ours.stop();
    expect(isRunning(pid)).toBe(true);
  });
});

test("a throwaway server leaves nothing behind", async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "smart-parking-embedded-"));
  const server = await startEmbeddedPostgres({ directory, throwaway: true });
  const pid = pidOf(server);
  await server.stop();
  expect(isRunning(pid)).toBe(false);
  expect(existsSync(directory)).toBe(false);
});

test("a folder that holds something else is refused, and left alone", async () => {
  const data = path.join(folder.directory, "postgres");
  await mkdir(data);
  await writeFile(path.join(data, "diary.txt"), "mine");
  await expect(folder.start()).rejects.toThrow("is not a database");
  expect(existsSync(path.join(data, "diary.txt"))).toBe(true);
});
