import { execFileSync } from "node:child_process";
import { appendFileSync, rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres, { type Sql } from "postgres";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { startEmbeddedPostgres } from "@/db/embedded/embedded-postgres";
import { migrateDatabase } from "@/db/migrate";
import { makeKey, TEST_KEY } from "@/tests/support/accounts";
import { type Api, api } from "@/tests/support/api";
import { secondsFromNow, until } from "@/tests/support/clock";
import { cuttableDatabase } from "@/tests/support/cuttable-database";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeDevice } from "@/tests/support/factories";
import { parkingLog, reading } from "@/tests/support/messages";
import { SERVER_KINDS, type ServerKind, startServer } from "@/tests/support/server";

const OK = { database: "ok", ingestion: "ok" };
const NOTHING_STORED = { database: "ok", ingestion: "not ready" };

let database: TestDatabase | undefined;
afterEach(async () => {
  await database?.drop();
  database = undefined;
});

async function serverOn(kind: ServerKind, databaseUrl: string): Promise<Api> {
  const server = await startServer({ kind, databaseUrl });
  onTestFinished(() => server.stop());
  return api(server.url, {});
}

const untilHealth = (client: Api, parts: object, why: string) =>
  until(`health says ${JSON.stringify(parts)} ${why}`, async () => {
    const health = await client.get("/api/health");
    expect(health.body.parts).toEqual(parts);
    expect(health.status).toBe(parts === OK ? 200 : 503);
    return health;
  });

/** For every session from now on, as after a failover to a standby. */
async function makeReadOnly(sql: Sql, isReadOnly: boolean) {
  const [{ name }] = await sql<[{ name: string }]>`select current_database() as name`;
  await sql.begin("read write", async (tx) => {
    await tx.unsafe(
      `alter database "${name}" set default_transaction_read_only = ${isReadOnly ? "on" : "off"}`,
    );
  });
  await sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity
            where datname = ${name} and pid <> pg_backend_pid()`;
}

describe.each(SERVER_KINDS)("health of %s", (kind) => {
  test("is red while the database takes no writes, and green again without any traffic", async () => {
    database = await createTestDatabase();
    const client = await serverOn(kind, database.url);
    const sql = postgres(database.url, { max: 1, onnotice: () => {} });
    onTestFinished(() => sql.end());
    const health = await untilHealth(client, OK, "at first");
    expect(health.body).toEqual({ status: "ok", time: expect.any(String), parts: OK });

    await makeReadOnly(sql, true);
    const red = await untilHealth(client, NOTHING_STORED, "when the database is read-only");
    const pages = await client.get("/api/health?part=database");
    expect([pages.status, pages.body.parts]).toEqual([200, { database: "ok" }]);
    expect(red.headers.get("content-type")).toBe("application/problem+json");
    expect(red.headers.get("retry-after")).toBe("2");
    expect(red.body).toEqual({
      ...{ type: "about:blank", title: "Service Unavailable", status: 503 },
      ...{ detail: "Not ready: ingestion.", parts: NOTHING_STORED },
    });

    await makeReadOnly(sql, false);
    await untilHealth(client, OK, "when it takes writes again");
    const [left] = await sql`select (select count(*) from telemetry)::int as readings,
                                    (select count(*) from parking_logs)::int as logs`;
    expect(left).toEqual({ readings: 0, logs: 0 });
  });

  test("names both parts while the database is out of reach", async () => {
    database = await createTestDatabase();
    const way = await cuttableDatabase(database.url);
    onTestFinished(() => way.close());
    const client = await serverOn(kind, way.url);
    way.cut();
    const parts = { database: "not ready", ingestion: "not ready" };
    const red = await untilHealth(client, parts, "without a database");
    expect(red.body.detail).toBe("Not ready: database, ingestion.");
    way.mend();
    await untilHealth(client, OK, "with a database");
  });
});

test("health is red while a message can't be stored, although nothing else fails", async () => {
  database = await createTestDatabase();
  const client = await serverOn("gateway", database.url);
  const { code } = await makeDevice(database.sql);
  await untilHealth(client, OK, "at first");
  await database.sql`alter table parking_logs rename to parking_logs_elsewhere`;
  const headers = { Authorization: `Bearer ${TEST_KEY}` };
  const log = parkingLog(code, secondsFromNow(0));
  const refused = await client.post("/api/parking-log", log, { headers });
  expect(refused.status).toBeGreaterThanOrEqual(500);
  await untilHealth(client, NOTHING_STORED, "without the table");
  await database.sql`alter table parking_logs_elsewhere rename to parking_logs`;
  await untilHealth(client, OK, "with the table");
  expect((await client.post("/api/parking-log", log, { headers })).status).toBe(201);
});

/** A disk of so many megabytes for one test; only root can make one. */
async function smallDisk(megabytes: number): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), "smart-parking-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=755`, "tmpfs", directory]);
  onTestFinished(async () => {
    execFileSync("umount", ["-l", directory]);
    await rm(directory, { recursive: true, force: true });
  });
  return directory;
}

function canMount(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  try {
    execFileSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
    return true;
  } catch {
    return false;
  }
}

/** Takes all the room that is left. */
function fill(file: string): void {
  for (const bytes of [1024 * 1024, 4096, 1]) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(bytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
  }
}

test.runIf(canMount())(
  "health is red on a full disk, and green again without any traffic when there is room",
  async () => {
    const disk = await smallDisk(400);
    const cluster = await startEmbeddedPostgres({ directory: disk });
    onTestFinished(() => cluster.stop());
    await migrateDatabase(cluster.url);
    const sql = postgres(cluster.url, { max: 1, onnotice: () => {} });
    onTestFinished(() => sql.end());
    await makeKey(sql, { secret: TEST_KEY });
    const { code } = await makeDevice(sql);
    const client = await serverOn("gateway", cluster.url);
    const headers = { Authorization: `Bearer ${TEST_KEY}` };
    const bulk = (from: number) =>
      Array.from({ length: 1_000 }, (_, i) => reading(code, secondsFromNow(-from - i)));
    expect((await client.post("/api/telemetry/bulk", bulk(0), { headers })).status).toBe(201);

    const filling = path.join(disk, "filling");
    fill(filling);
    await untilHealth(client, NOTHING_STORED, "on a full disk, without any traffic");
    let from = 0;
    await until("messages are refused", async () => {
      from += 1_000;
      return (await client.post("/api/telemetry/bulk", bulk(from), { headers })).status === 503;
    });
    await untilHealth(client, NOTHING_STORED, "on a full disk");

    rmSync(filling);
    await untilHealth(client, OK, "when there is room");
    expect((await client.post("/api/telemetry/bulk", bulk(from), { headers })).status).toBe(201);
  },
);
