import { afterAll, beforeAll, expect, test } from "vitest";
import { type Api, api } from "@/tests/support/api";
import { contradictions } from "@/tests/support/consistency";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { highPower, at as moment, parkingLog, reading } from "@/tests/support/messages";
import { type RunningServer, startServer } from "@/tests/support/server";

let database: TestDatabase;
let servers: RunningServer[] = [];
let apis: [Api, Api];

beforeAll(async () => {
  database = await createTestDatabase();
  servers = await Promise.all([
    startServer({ kind: "gateway", databaseUrl: database.url }),
    startServer({ kind: "next", databaseUrl: database.url }),
  ]);
  apis = servers.map(({ url }) => api(url)) as [Api, Api];
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await database?.drop();
});

const turn = <T>(list: T[], i: number) => list[i % list.length] as T;

const mixedReading = (code: string, i: number) =>
  i % 5 === 0 ? highPower(code, moment(i * 900)) : reading(code, moment(i * 900));

/** Rounds of bulks for all devices, through both servers, while `rearrange` runs. */
async function whileMessagesComeIn(
  codes: string[],
  rearrange: () => Promise<void>,
  readingOf = mixedReading,
) {
  let done = false;
  const sender = async (client: Api, first: number) => {
    const statuses: number[] = [];
    for (let i = first; !done; i += 2) {
      const logs = codes.map((code, n) => parkingLog(code, moment(i * 900), (i + n) % 2 === 0));
      const readings = codes.map((code) => readingOf(code, i));
      const answers = await Promise.all([
        client.post("/api/parking-log/bulk", logs),
        client.post("/api/telemetry/bulk", readings),
      ]);
      statuses.push(...answers.map(({ status }) => status));
    }
    return statuses;
  };
  const sending = Promise.all([sender(apis[0], 0), sender(apis[1], 1)]);
  await rearrange().finally(() => {
    done = true;
  });
  return (await sending).flat();
}

test("devices that move, zones that move and time zones that change under load leave every figure right", async () => {
  const { sql } = database;
  const facilities = [
    await makeFacility(sql, { timeZone: "Asia/Shanghai" }),
    await makeFacility(sql, { timeZone: "America/New_York" }),
  ];
  const zones = await Promise.all(
    [0, 1, 0].map((i) => makeZone(sql, { facilityId: facilities[i]!.id })),
  );
  const devices = await Promise.all(
    Array.from({ length: 12 }, (_, i) => makeDevice(sql, { zoneId: turn(zones, i).id })),
  );
  const timeZones = ["Asia/Kolkata", "Europe/Berlin", "Asia/Shanghai"];
  const failed: unknown[] = [];
  const statuses = await whileMessagesComeIn(
    devices.map(({ code }) => code),
    async () => {
      for (let i = 0; i < 30; i++) {
        const client = turn(apis, i);
        const changes = [
          client.patch(`/api/devices/${turn(devices, i * 5).id}`, { zone_id: turn(zones, i).id }),
          client.patch(`/api/devices/${turn(devices, i * 7 + 1).id}`, {
            zone_id: turn(zones, i + 1).id,
          }),
        ];
        if (i % 3 === 0) {
          const change = { time_zone: turn(timeZones, i / 3) };
          changes.push(client.patch(`/api/facilities/${turn(facilities, i).id}`, change));
        }
        if (i % 4 === 0) {
          const change = { facility_id: turn(facilities, i / 4).id };
          changes.push(client.patch(`/api/zones/${zones[2]!.id}`, change));
        }
        for (const { status, body } of await Promise.all(changes)) {
          if (status !== 200) failed.push(body);
        }
      }
    },
  );
  expect(failed).toEqual([]);
  expect(statuses.filter((status) => status !== 201)).toEqual([]);
  expect(await contradictions(sql)).toEqual([]);
  const misplaced = await sql`
    select from device_state s join devices d on d.id = s.device_id
    join zones z on z.id = d.zone_id join facilities f on f.id = z.facility_id
    where s.zone_id <> z.id or s.time_zone <> f.time_zone`;
  expect(misplaced).toHaveLength(0);
});

test("a device is either deleted or has its message, whichever comes first", async () => {
  const devices = await Promise.all(Array.from({ length: 40 }, () => makeDevice(database.sql)));
  // Known to both servers already, so that nothing but the database can tell.
  for (const client of apis) {
    await client.post(
      "/api/telemetry/bulk",
      devices.map(({ code }) => ({ ...reading(code, moment(0)), voltage: -1 })),
    );
  }
  const outcomes = await Promise.all(
    devices.map(async ({ id, code }, i) => {
      const message = i % 2 === 0 ? reading(code, moment(0)) : parkingLog(code, moment(0));
      const path = i % 2 === 0 ? "/api/telemetry" : "/api/parking-log";
      const [sent, deleted] = await Promise.all([
        turn(apis, i >> 1).post(path, message),
        turn(apis, (i >> 1) + 1).del(`/api/devices/${id}`),
      ]);
      return `${sent.status} ${deleted.status}`;
    }),
  );
  expect(outcomes.filter((o) => o !== "201 409" && o !== "400 204")).toEqual([]);
  const orphans = await database.sql`
    select device_id from telemetry where device_id not in (select id from devices)
    union all
    select device_id from parking_logs where device_id not in (select id from devices)`;
  expect(orphans).toHaveLength(0);
});

test("devices that are retired under load keep no alert and soon take no message", async () => {
  const devices = await Promise.all(Array.from({ length: 15 }, () => makeDevice(database.sql)));
  const always = (code: string, i: number) => highPower(code, moment(i * 900));
  await whileMessagesComeIn(
    devices.map(({ code }) => code),
    async () => {
      for (const { id } of devices) {
        expect((await apis[0].patch(`/api/devices/${id}`, { retired: true })).status).toBe(200);
      }
    },
    always,
  );
  for (const client of apis) {
    for (const { code } of devices) {
      const send = async () =>
        (await client.post("/api/telemetry", reading(code, moment(-1)))).status;
      await expect.poll(send, { timeout: 10_000 }).toBe(400);
    }
  }
  const live = await database.sql`
    select device_id from alerts where resolved_at is null
      and device_id = any(${devices.map(({ id }) => id)})`;
  expect(live).toHaveLength(0);
  expect(await contradictions(database.sql)).toEqual([]);
});
