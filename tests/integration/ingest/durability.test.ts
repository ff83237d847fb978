import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/db/embedded/embedded-postgres";
import { migrateDatabase } from "@/db/migrate";
import { makeKey, TEST_KEY } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { until } from "@/tests/support/clock";
import { contradictions } from "@/tests/support/consistency";
import { makeDevice, makeZone } from "@/tests/support/factories";
import { at, reading } from "@/tests/support/messages";
import { PersistentSender } from "@/tests/support/persistent-sender";
import { killPostgres } from "@/tests/support/restartable-postgres";
import { type RunningServer, startServer } from "@/tests/support/server";

const SENDERS = 6;
const MESSAGES_BETWEEN_KILLS = 300;

let directory: string;
let cluster: EmbeddedPostgres;
let server: RunningServer;
let sql: Sql;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "smart-parking-durability-"));
  // With everything synced to disk, unlike the other tests' servers.
  cluster = await startEmbeddedPostgres({ directory });
  cluster.supervise();
  await migrateDatabase(cluster.url);
  server = await startServer({ kind: "gateway", databaseUrl: cluster.url });
  sql = postgres(cluster.url, { max: 1, onnotice: () => {} });
  await makeKey(sql, { secret: TEST_KEY });
});
afterAll(async () => {
  await sql?.end();
  await server?.stop();
  await cluster?.stop();
  if (directory) await rm(directory, { recursive: true, force: true });
});

async function killServer() {
  const { port } = server;
  server.kill();
  server = await startServer({ kind: "gateway", databaseUrl: cluster.url, port });
}

/** Each with devices of its own, in one zone, so that its numbers are no one else's. */
async function makeSenders() {
  const zone = await makeZone(sql, { timeZone: "Asia/Shanghai" });
  return Promise.all(
    Array.from({ length: SENDERS }, async () => {
      const devices = await Promise.all([1, 2, 3].map(() => makeDevice(sql, { zoneId: zone.id })));
      return new PersistentSender(
        server.url,
        devices.map(({ code }) => code),
      );
    }),
  );
}

test("nothing answered 201 is lost or doubled while Postgres and the server are killed", async () => {
  const senders = await makeSenders();
  const sum = (of: (sender: PersistentSender) => number) =>
    senders.reduce((total, sender) => total + of(sender), 0);
  const running = Promise.all(senders.map((sender) => sender.run()));
  const moreStored = async (why: string) => {
    const goal = sum((sender) => sender.created) + MESSAGES_BETWEEN_KILLS;
    await until(`more messages stored ${why}`, () => sum((s) => s.created) >= goal, 40_000);
  };

  await moreStored("at the beginning");
  await killPostgres(cluster.directory);
  await moreStored("after Postgres was killed");
  await killServer();
  await moreStored("after the server was killed");
  await killPostgres(cluster.directory);
  await killServer();
  await moreStored("after both were killed");
  await killPostgres(cluster.directory);
  await moreStored("after Postgres was killed again");
  for (const sender of senders) sender.stop();
  await running;

  expect(senders.flatMap((sender) => sender.surprises)).toEqual([]);
  expect(sum((sender) => sender.lost)).toBeGreaterThan(0);
  const [stored] = await sql`
    select (select count(*) from telemetry)::int as readings,
           (select count(*) from parking_logs)::int as logs`;
  expect(stored).toEqual({
    readings: sum((sender) => sender.readingsSent),
    logs: sum((sender) => sender.logsSent),
  });
  expect(sum((sender) => sender.created)).toBeLessThanOrEqual(stored?.readings + stored?.logs);
  expect(await contradictions(sql)).toEqual([]);
}, 180_000);

test("a limit that is changed after Postgres was killed is in force", async () => {
  const client = api(server.url);
  const device = await makeDevice(sql);
  expect((await client.post("/api/telemetry", reading(device.code, at(0)))).status).toBe(201);
  await killPostgres(cluster.directory);
  await until("the server is healthy again", async () => {
    const { status } = await client.get("/api/health");
    return status === 200;
  });
  const changed = await client.patch(`/api/devices/${device.id}`, { high_power_w: 100 });
  expect(changed).toMatchObject({ status: 200, body: { high_power_w: 100 } });
  let second = 1;
  await until("a reading of 460 W raises an alert", async () => {
    await client.post("/api/telemetry", reading(device.code, at(second++)));
    return (await client.get(`/api/alerts?device=${device.code}`)).body.length > 0;
  });
});

test("a partition that was dropped behind the server's back costs no reading", async () => {
  const client = api(server.url);
  const device = await makeDevice(sql);
  const send = (second: number) =>
    client.post("/api/telemetry", reading(device.code, at(second, "2012-03-03")));
  expect((await send(0)).status).toBe(201);
  await sql`drop table telemetry_2012_03`;
  expect((await send(1)).status).toBe(201);
});
