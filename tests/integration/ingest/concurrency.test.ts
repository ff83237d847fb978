import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Api, type ApiAnswer, api } from "@/tests/support/api";
import { contradictions } from "@/tests/support/consistency";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeDevice, makeZone } from "@/tests/support/factories";
import { highPower, at as moment, parkingLog, reading } from "@/tests/support/messages";
import { type RunningServer, type ServerKind, startServer } from "@/tests/support/server";

const SETUPS: [string, ServerKind[]][] = [
  ["the gateway", ["gateway"]],
  ["the route handlers", ["next"]],
  ["two gateways on one database", ["gateway", "gateway"]],
  ["a gateway and route handlers on one database", ["gateway", "next"]],
];

describe.each(SETUPS)("through %s", (_, kinds) => {
  let database: TestDatabase;
  let servers: RunningServer[] = [];
  let apis: Api[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    servers = await Promise.all(
      kinds.map((kind) => startServer({ kind, databaseUrl: database.url })),
    );
    apis = servers.map(({ url }) => api(url));
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await database?.drop();
  });

  const spread = (i: number) => apis[i % apis.length] as Api;
  const atOnce = (count: number, send: (client: Api, i: number) => Promise<ApiAnswer>) =>
    Promise.all(Array.from({ length: count }, (_, i) => send(spread(i), i)));
  const tally = (answers: ApiAnswer[]) => {
    const counts: Record<number, number> = {};
    for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  };

  test("of 200 concurrent posts of one reading one is stored and 199 are duplicates", async () => {
    const { id, code } = await makeDevice(database.sql);
    const answers = await atOnce(200, (client) =>
      client.post("/api/telemetry", reading(code, moment(0))),
    );
    expect(tally(answers)).toEqual({ 201: 1, 409: 199 });
    expect(await database.sql`select from telemetry where device_id = ${id}`).toHaveLength(1);
  });

  test("of 200 concurrent posts of one parking log one is stored and 199 are duplicates", async () => {
    const { id, code } = await makeDevice(database.sql);
    const answers = await atOnce(200, (client) =>
      client.post("/api/parking-log", parkingLog(code, moment(0))),
    );
    expect(tally(answers)).toEqual({ 201: 1, 409: 199 });
    expect(await database.sql`select from parking_logs where device_id = ${id}`).toHaveLength(1);
  });

  test("the same bulk sent 20 times at once stores each row once", async () => {
    const { code } = await makeDevice(database.sql);
    const rows = Array.from({ length: 300 }, (_, i) => reading(code, moment(i)));
    const answers = await atOnce(20, (client) => client.post("/api/telemetry/bulk", rows));
    const sum = (field: "created" | "duplicates") =>
      answers.reduce((total, { body }) => total + body[field], 0);
    expect([sum("created"), sum("duplicates")]).toEqual([300, 19 * 300]);
  });

  test("100 concurrent readings over 2000 W of one device raise one alert", async () => {
    const { id, code } = await makeDevice(database.sql);
    const answers = await atOnce(100, (client, i) =>
      client.post("/api/telemetry", highPower(code, moment(i))),
    );
    expect(tally(answers)).toEqual({ 201: 100 });
    const alerts = await database.sql`select id from alerts where device_id = ${id}`;
    expect(alerts).toHaveLength(1);
    const timeline = await database.sql`
      select kind from alert_transitions where alert_id = ${alerts[0]?.id}`;
    expect([...timeline]).toEqual([{ kind: "raised" }]);
  });

  test("bulks and singles over the same devices in every order fail none and count each row once", async () => {
    const zone = await makeZone(database.sql, { timeZone: "Europe/Berlin" });
    const devices = await Promise.all(
      Array.from({ length: 25 }, () => makeDevice(database.sql, { zoneId: zone.id })),
    );
    const codes = devices.map(({ code }) => code);
    const answers = await atOnce(60, (client, i) => {
      // Each request walks over the devices from another one on, half of them backwards.
      const order = codes.map((_, n) => codes[(i % 2 === 0 ? i + n : i - n + 1000) % 25] as string);
      const second = Math.floor(i / 3);
      if (i % 6 === 5) return client.post("/api/telemetry", highPower(order[0]!, moment(second)));
      if (i % 3 === 0) {
        const logs = order.map((code, n) => parkingLog(code, moment(second), (n + i) % 2 === 0));
        return client.post("/api/parking-log/bulk", logs);
      }
      const values = (n: number) => ({ current: (n + i) % 4 === 0 ? 10 : 1 });
      const readings = order.map((code, n) => reading(code, moment(second), values(n)));
      return client.post("/api/telemetry/bulk", readings);
    });
    expect(Object.keys(tally(answers)).filter((status) => Number(status) >= 500)).toEqual([]);
    const created = answers.reduce(
      (sum, { status, body }) => sum + (body.created ?? (status === 201 ? 1 : 0)),
      0,
    );
    const ids = devices.map(({ id }) => id);
    const [stored] = await database.sql`
      select (select count(*) from telemetry where device_id = any(${ids}))::int
           + (select count(*) from parking_logs where device_id = any(${ids}))::int as n`;
    expect(stored).toEqual({ n: created });
    expect(await contradictions(database.sql)).toEqual([]);
  });
});
