import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { asUser, makeKey, makeSession, makeUser, sessionCookie } from "@/tests/support/accounts";
import { type Api, api, BY_TEST_KEY } from "@/tests/support/api";
import { secondsFromNow, until } from "@/tests/support/clock";
import { type CuttableDatabase, cuttableDatabase } from "@/tests/support/cuttable-database";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { EventStream } from "@/tests/support/event-stream";
import { makeDevice, makeZone } from "@/tests/support/factories";
import { highPower, parkingLog, reading } from "@/tests/support/messages";
import { type RunningServer, startServer } from "@/tests/support/server";

let database: TestDatabase;
let relay: CuttableDatabase;
let server: RunningServer;
let client: Api;
const open: EventStream[] = [];

async function listen(headers?: Record<string, string>, path?: string, url = server.url) {
  const stream = await EventStream.open(url, headers, path);
  open.push(stream);
  return stream;
}

beforeAll(async () => {
  database = await createTestDatabase();
  relay = await cuttableDatabase(database.url);
  server = await startServer({ kind: "gateway", databaseUrl: relay.url });
  client = api(server.url);
});
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});
afterAll(async () => {
  await server?.stop();
  await relay?.close();
  await database?.drop();
});

/** Waits until a stream tells of a device, and gives what it told last. */
async function told(stream: EventStream, code: string, condition = (_: Told) => true) {
  const devices = () => stream.named("devices").flatMap(({ data }) => data.devices as Told[]);
  return until(`news of ${code}`, () =>
    devices().findLast((device) => device.code === code && condition(device)),
  );
}
type Told = Record<string, unknown> & { code: string };

describe("what a stream tells", () => {
  test("a reading is told as the device's status says it", async () => {
    const device = await makeDevice(database.sql);
    const stream = await listen();
    const sent = reading(device.code, secondsFromNow(-1), { voltage: 231.5, current: 1.5 });
    expect((await client.post("/api/telemetry", sent)).status).toBe(201);
    const heard = await told(stream, device.code);
    const { body } = await client.get(`/api/devices/status?search=${device.code}`);
    expect(heard).toEqual(body[0]);
    expect(heard).toMatchObject({ voltage: 231.5, current: 1.5, status: "OK" });
    expect(heard).toMatchObject({ connection: "online", online: true });
  });

  test("a bay that changes is told with since when it is so", async () => {
    const device = await makeDevice(database.sql);
    const stream = await listen();
    const [arrived, again, left] = [-30, -20, -10].map(secondsFromNow) as [string, string, string];
    await client.post("/api/parking-log", parkingLog(device.code, arrived));
    await told(stream, device.code, ({ is_occupied }) => is_occupied === true);
    await client.post("/api/parking-log", parkingLog(device.code, again));
    const still = await told(
      stream,
      device.code,
      (now) => now.last_parking_log_at === new Date(again).toISOString(),
    );
    expect(still.occupancy_since).toBe(new Date(arrived).toISOString());
    await client.post("/api/parking-log", parkingLog(device.code, left, false));
    const gone = await told(stream, device.code, ({ is_occupied }) => is_occupied === false);
    expect(gone.occupancy_since).toBe(new Date(left).toISOString());
  });

  test("an alert is told when it is raised, acknowledged and resolved, with how many are open", async () => {
    const device = await makeDevice(database.sql);
    const stream = await listen();
    const kinds = () =>
      stream
        .named("alerts")
        .filter(({ data }) => data.facility_id === device.facilityId)
        .map(({ data }) => [data.alerts.map((a: { kind: string }) => a.kind), data.open_alerts]);
    await client.post("/api/telemetry", highPower(device.code, secondsFromNow(-20)));
    await until("raised", () => kinds().length === 1);
    const { body } = await client.get(`/api/alerts?device=${device.code}`);
    await client.patch(`/api/alerts/${body[0].id}/acknowledge`, {});
    await until("acknowledged", () => kinds().length === 2);
    for (const second of [-15, -14, -13]) {
      await client.post("/api/telemetry", reading(device.code, secondsFromNow(second)));
    }
    await until("resolved", () => kinds().length === 3);
    expect(kinds()).toEqual([
      [["raised"], 1],
      [["acknowledged"], 0],
      [["resolved"], 0],
    ]);
    expect(await told(stream, device.code, ({ open_alerts }) => open_alerts === 1)).toBeTruthy();
  });

  test("what another process stores is told as well", async () => {
    const other = await startServer({ kind: "next", databaseUrl: database.url });
    try {
      const device = await makeDevice(database.sql);
      const stream = await listen();
      await api(other.url).post("/api/telemetry", reading(device.code, secondsFromNow(-1)));
      await told(stream, device.code);
    } finally {
      await other.stop();
    }
  });

  test("what no notice names is found: a row that was changed in the database itself", async () => {
    const device = await makeDevice(database.sql);
    const stream = await listen();
    await client.post("/api/telemetry", reading(device.code, secondsFromNow(-1)));
    await told(stream, device.code);
    await database.sql`update device_state set voltage = 99 where device_id = ${device.id}`;
    await told(stream, device.code, ({ voltage }) => voltage === 99);
  });

  test("a change of the estate has what is shown read again", async () => {
    const device = await makeDevice(database.sql);
    const stream = await listen();
    await client.patch(`/api/devices/${device.id}`, { name: "By the lift" });
    await stream.waitFor("reset", ({ reason }) => reason === "estate");
  });
});

describe("coming back", () => {
  test("what was missed is told in its order, once, and then what happens", async () => {
    const device = await makeDevice(database.sql);
    const watching = await listen();
    const first = await listen();
    const voltages = (stream: EventStream) =>
      stream
        .named("devices")
        .flatMap(({ data }) => data.devices as Told[])
        .filter(({ code }) => code === device.code)
        .map(({ voltage }) => voltage);
    const send = async (voltage: number, second: number) => {
      await client.post(
        "/api/telemetry",
        reading(device.code, secondsFromNow(second), { voltage }),
      );
      await told(watching, device.code, (heard) => heard.voltage === voltage);
    };
    await send(201, -9);
    await told(first, device.code);
    first.close();
    await send(202, -8);
    await send(203, -7);
    const last = first.events.at(-1)!.id;
    const second = await listen({ ...BY_TEST_KEY, "Last-Event-ID": last });
    await send(204, -6);
    await told(second, device.code, ({ voltage }) => voltage === 204);
    expect(voltages(second)).toEqual([202, 203, 204]);
    expect(second.named("reset")).toEqual([]);
  });

  test.each(["", "nothing-like-it", "AAAAAAAA-3", "AAAAAAAA--1"])(
    "after an event that nobody knows (%j) all is read anew",
    async (id) => {
      const stream = await listen(BY_TEST_KEY, `/api/live?last_event_id=${id || "0"}`);
      await stream.waitFor("reset", ({ reason }) => reason === "missed");
    },
  );

  test("who polls hears what a stream tells", async () => {
    const device = await makeDevice(database.sql);
    const before = (await client.get("/api/live/changes")).body;
    expect(before).toMatchObject({ reset: true, events: [] });
    const stream = await listen();
    await client.post("/api/telemetry", reading(device.code, secondsFromNow(-1)));
    const heard = await told(stream, device.code);
    const { body } = await client.get(`/api/live/changes?last_event_id=${before.event_id}`);
    expect(body.reset).toBe(false);
    const devices = body.events.flatMap(
      (e: { data: { devices?: Told[] } }) => e.data.devices ?? [],
    );
    expect(devices).toContainEqual(heard);
    const after = await client.get(`/api/live/changes?last_event_id=${body.event_id}`);
    expect(after.body.events).toEqual([]);
  });

  test("while the database is away a stream says so, and has all read again afterwards", async () => {
    const stream = await listen();
    relay.cut();
    await stream.waitFor("away");
    relay.mend();
    await stream.waitFor("reset", ({ reason }) => reason === "database");
    const device = await makeDevice(database.sql);
    await until("accepted again", async () => {
      const answer = await client.post("/api/telemetry", reading(device.code, secondsFromNow(-1)));
      return answer.status === 201 || answer.status === 409;
    });
    await told(stream, device.code);
  });

  test("a server that stops ends its streams at once", async () => {
    const own = await startServer({ kind: "gateway", databaseUrl: database.url });
    const stream = await listen(undefined, undefined, own.url);
    await own.stop();
    await until("the end", () => stream.ended);
  });
});

describe("who hears what", () => {
  test("a user of one facility hears nothing of another, nor does a key of a zone", async () => {
    const { sql } = database;
    const [here, there] = [await makeDevice(sql), await makeDevice(sql)];
    const neighbour = await makeDevice(sql, {
      zoneId: (await makeZone(sql, { facilityId: here.facilityId })).id,
    });
    const user = await listen(await asUser(sql, "viewer", { facilityIds: [here.facilityId] }));
    const { secret } = await makeKey(sql, { scopes: ["read"], zoneId: here.zoneId });
    const key = await listen({ Authorization: `Bearer ${secret}` });
    const everybody = await listen();
    for (const { code } of [there, neighbour, here]) {
      await client.post("/api/telemetry", highPower(code, secondsFromNow(-1)));
      await everybody.waitFor("alerts", (data) =>
        data.alerts.some((a: { device_code: string }) => a.device_code === code),
      );
    }
    await Promise.all([told(user, here.code), told(key, here.code)]);
    await Promise.all([user.waitFor("alerts"), key.waitFor("alerts")]);
    const codes = (stream: EventStream) => JSON.stringify(stream.events);
    expect(codes(user)).not.toContain(there.code);
    expect(codes(user)).toContain(neighbour.code);
    expect(codes(key)).not.toContain(there.code);
    expect(codes(key)).not.toContain(neighbour.code);
    expect(user.named("hello")[0]!.data.open_alerts).toEqual({});
    expect(key.named("hello")[0]!.data.open_alerts).toBeNull();
    expect(JSON.stringify(key.named("alerts"))).not.toContain('open_alerts":');
  });

  test("a place may be asked for, with or without devices; one that is not there is 400", async () => {
    const { sql } = database;
    const [here, there] = [await makeDevice(sql), await makeDevice(sql)];
    const facility = await listen(undefined, `/api/live?facility=${here.facilityId}`);
    const zone = await listen(undefined, `/api/live?zone=${here.zoneId}`);
    const alerts = await listen(undefined, "/api/live?only=alerts");
    for (const { code } of [there, here]) {
      await client.post("/api/telemetry", highPower(code, secondsFromNow(-1)));
    }
    for (const stream of [facility, zone]) {
      await told(stream, here.code);
      expect(JSON.stringify(stream.events)).not.toContain(there.code);
    }
    await alerts.waitFor("alerts", (data) => data.facility_id === here.facilityId);
    expect(alerts.named("devices")).toEqual([]);
    for (const query of ["facility=nowhere", "zone=999999", "only=devices"]) {
      expect((await client.get(`/api/live?${query}`)).status).toBe(400);
    }
  });

  test("a stream ends with the session or the key that opened it", async () => {
    const { sql } = database;
    const user = await makeUser(sql, "viewer");
    const cookie = { Cookie: sessionCookie(await makeSession(sql, user)) };
    const { id, secret } = await makeKey(sql, { scopes: ["read"] });
    const [bySession, byKey] = [
      await listen(cookie),
      await listen({ Authorization: `Bearer ${secret}` }),
    ];
    const other = await listen();
    await api(server.url, cookie).del("/api/profile/sessions");
    await until("the end of the session's stream", () => bySession.ended);
    await client.del(`/api/keys/${id}`);
    await until("the end of the key's stream", () => byKey.ended);
    expect(other.ended).toBe(false);
  });
});
