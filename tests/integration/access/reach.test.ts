import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asUser, makeKey } from "@/tests/support/accounts";
import { type Api, api } from "@/tests/support/api";
import { secondsFromNow } from "@/tests/support/clock";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type Device, makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { parkingLog, reading } from "@/tests/support/messages";
import { type RunningServer, startServer } from "@/tests/support/server";

/** What no one who is kept to facility A may find in any answer. */
const SECRET = /secretplace/i;

let database: TestDatabase;
let server: RunningServer;
let everything: Api;
let own: Device;
let other: Device;
let target: { id: number };
let alert: { id: number };
let otherKey: { id: number };
/** Each reaches a part of the estate that holds `own` and not `other`. */
const kept: Record<string, Api> = {};
const KEPT = [
  "a user of facility A",
  "a key of facility A",
  "a key of zone A",
  "a key of device A",
];
const today = secondsFromNow(0).slice(0, 10);

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ kind: "gateway", databaseUrl: database.url });
  everything = api(server.url);
  const a = await makeFacility(database.sql, { code: "A" });
  own = await makeDevice(database.sql, {
    code: "A-1",
    zoneId: (await makeZone(database.sql, { code: "ZONE", facilityId: a.id })).id,
  });
  const b = await makeFacility(database.sql, { code: "secretplace", name: "Secretplace" });
  other = await makeDevice(database.sql, {
    code: "secretplace-1",
    name: "Secretplace one",
    zoneId: (await makeZone(database.sql, { code: "secretplace-zone", facilityId: b.id })).id,
  });
  await database.sql`update devices set name = 'shared word' where id in (${own.id}, ${other.id})`;
  const now = secondsFromNow(0);
  for (const { code, zoneId } of [own, other]) {
    await everything.post("/api/telemetry", reading(code, now, { voltage: 230, current: 20 }));
    await everything.post("/api/parking-log", parkingLog(code, now, true));
    const message = { zone_id: zoneId, date: today, target_value: 7 };
    target = (await everything.post("/api/targets", message)).body;
  }
  alert = (await everything.get(`/api/alerts?device=${other.code}`)).body[0];
  otherKey = await makeKey(database.sql, { name: "secretplace key", facilityId: b.id });
  const user = await asUser(database.sql, "manager", { facilityIds: [a.id] });
  kept["a user of facility A"] = api(server.url, user);
  const places = {
    facility: { facilityId: a.id },
    zone: { zoneId: own.zoneId },
    device: { deviceId: own.id },
  };
  for (const [place, reach] of Object.entries(places)) {
    const { secret } = await makeKey(database.sql, reach);
    kept[`a key of ${place} A`] = api(server.url, { Authorization: `Bearer ${secret}` });
  }
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

describe.each(KEPT)("%s", (name) => {
  const client = () => kept[name]!;

  test.each([
    "/api/facilities",
    "/api/zones",
    "/api/devices",
    "/api/devices?search=shared",
    "/api/devices?retired=false&limit=1",
    "/api/devices/status",
    "/api/devices/status?search=shared&limit=1",
    "/api/devices/status?status=CRITICAL",
    "/api/alerts",
    "/api/alerts?active=true&severity=CRITICAL&limit=1",
    `/api/alerts?from=${today}&to=${today}`,
    "/api/targets",
    `/api/targets?date=${today}&limit=1`,
    "/api/keys",
  ])("%s lists and counts its own alone", async (path) => {
    const { status, body, headers } = await client().get(path);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(SECRET);
    expect(headers.get("link") ?? "").not.toMatch(SECRET);
    // A device's key sees no target of its zone, and only keys of a place within reach are shown.
    const expected = path.startsWith("/api/keys")
      ? body.length
      : path.startsWith("/api/targets") && name.includes("device")
        ? 0
        : 1;
    expect(body).toHaveLength(expected);
    const total = headers.get("x-total-count");
    if (total !== null) expect(total).toBe(String(expected));
  });

  test("figures of the day count its own alone", async () => {
    const { status, body } = await client().get(`/api/dashboard/summary?date=${today}`);
    if (name.includes("device")) return expect(status).toBe(403);
    expect(JSON.stringify(body)).not.toMatch(SECRET);
    expect(body).toMatchObject({
      ...{ total_parking_events: 1, active_devices_count: 1, alerts_triggered: 1 },
      ...{ occupancy: { total: 1 }, target_actual_comparison: { target: 7, actual: 1 } },
      zones: [{ zone_code: "ZONE" }],
    });
    const hours = body.hourly_usage.map(({ count }: { count: number }) => count);
    expect(hours.reduce((sum: number, count: number) => sum + count, 0)).toBe(1);
  });

  test.each(["csv", "json"])("the %s report holds its own alone", async (format) => {
    const path = `/api/reports/usage?date_from=2020-01-01&date_to=2999-12-31&format=${format}`;
    const { body } = await client().get(path);
    const text = typeof body === "string" ? body : JSON.stringify(body);
    expect(text).toContain("A-1");
    expect(text).not.toMatch(SECRET);
  });

  test("an id of something else is answered as one that does not exist", async () => {
    const paths = [
      `/api/facilities/${other.facilityId}`,
      `/api/zones/${other.zoneId}`,
      `/api/devices/${other.id}`,
      `/api/targets/${target.id}`,
      `/api/alerts/${alert.id}`,
      `/api/keys/${otherKey.id}`,
    ];
    for (const path of paths) {
      const made = path.replace(/\d+$/, "999999");
      expect(await client().get(path)).toMatchObject({ status: 404 });
      expect((await client().get(path)).body).toEqual((await client().get(made)).body);
      if (!path.includes("alerts")) {
        const change = path.includes("targets") ? { target_value: 1 } : { name: "mine" };
        expect((await client().patch(path, change)).status).toBe(404);
        expect((await client().del(path)).status).toBe(404);
      }
    }
    expect((await client().patch(`/api/alerts/${alert.id}/acknowledge`, {})).status).toBe(404);
    expect((await client().post(`/api/keys/${otherKey.id}/rotate`, {})).status).toBe(404);
  });

  test("a name or id of something else filters nothing and is told as unknown", async () => {
    for (const query of [
      "facility=secretplace",
      `facility=${other.facilityId}`,
      "zone=secretplace-zone",
      `zone=${other.zoneId}`,
    ]) {
      for (const path of [
        "/api/devices?",
        "/api/devices/status?",
        "/api/alerts?",
        "/api/targets?",
      ]) {
        const answer = await client().get(path + query);
        expect(answer.status).toBe(400);
        const [noun] = query.split("=");
        expect(answer.body.errors).toEqual({ [noun!]: [`No such ${noun}.`] });
      }
    }
    for (const device of [other.code, other.id]) {
      const answer = await client().get(`/api/alerts?device=${device}`);
      expect(answer.body.errors).toEqual({ device: ["No such device."] });
    }
  });

  test("nothing is made, moved or imported into what is out of reach", async () => {
    const attempts = [
      client().post("/api/zones", { facility_id: other.facilityId, code: "X", name: "X" }),
      client().post("/api/devices", { zone_id: other.zoneId, code: "X" }),
      client().post("/api/facilities", { code: "X", name: "X", time_zone: "UTC" }),
      client().post("/api/targets", { zone_id: other.zoneId, date: today, target_value: 1 }),
      client().post("/api/targets", { device_code: other.code, date: today, target_value: 1 }),
      client().post("/api/targets", { device_id: other.id, date: today, target_value: 1 }),
      client().patch(`/api/devices/${own.id}`, { zone_id: other.zoneId }),
      client().patch(`/api/zones/${own.zoneId}`, { facility_id: other.facilityId }),
      client().post("/api/keys", { name: "X", scopes: ["read"], facility_id: other.facilityId }),
      client().post("/api/keys", { name: "X", scopes: ["read"], zone_id: other.zoneId }),
      client().post("/api/keys", { name: "X", scopes: ["read"], device_id: other.id }),
    ];
    for (const answer of await Promise.all(attempts)) {
      expect([400, 403]).toContain(answer.status);
      expect(JSON.stringify(answer.body)).not.toMatch(SECRET);
    }
    const rows = [
      "device_code,zone,facility\nX,new,secretplace",
      `device_code,zone,facility\n${other.code},ZONE,A`,
      "device_code,zone,facility,time_zone\nX,new,NEW,UTC",
    ];
    for (const body of rows) {
      const answer = await client().send("POST", "/api/devices/import?move=true", {
        headers: { "Content-Type": "text/csv" },
        body,
      });
      expect([400, 403]).toContain(answer.status);
      expect(JSON.stringify(answer.body)).not.toMatch(/secretplace-zone/);
    }
    const [left] = await database.sql`
      select (select count(*)::int from devices) as devices, (select count(*)::int from zones) as zones,
             (select count(*)::int from facilities) as facilities,
             (select zone_id from devices where id = ${other.id}) as zone_id`;
    expect(left).toEqual({ devices: 2, zones: 2, facilities: 2, zone_id: other.zoneId });
  });
});

describe("who reaches less than a facility", () => {
  test("changes nothing that belongs to more than that", async () => {
    const zone = kept["a key of zone A"]!;
    const device = kept["a key of device A"]!;
    const answers = await Promise.all([
      zone.patch(`/api/facilities/${own.facilityId}`, { name: "mine" }),
      zone.del(`/api/zones/${own.zoneId}`),
      device.patch(`/api/zones/${own.zoneId}`, { name: "mine" }),
      device.patch(`/api/facilities/${own.facilityId}`, { name: "mine" }),
      device.post("/api/devices", { zone_id: own.zoneId, code: "X" }),
      device.post("/api/targets", { zone_id: own.zoneId, date: today, target_value: 1 }),
      zone.post("/api/keys", { name: "X", scopes: ["read"], facility_id: own.facilityId }),
      device.post("/api/keys", { name: "X", scopes: ["read"], zone_id: own.zoneId }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(403));
    expect((await device.patch(`/api/devices/${own.id}`, { name: "Bay 1" })).status).toBe(200);
    expect((await zone.patch(`/api/zones/${own.zoneId}`, { name: "Level 1" })).status).toBe(200);
  });

  test("makes keys that reach no further, and with no scope of more", async () => {
    const device = kept["a key of device A"]!;
    const made = await device.post("/api/keys", { name: "mine", scopes: ["read"] });
    expect(made).toMatchObject({ status: 201, body: { device_id: own.id, place: "device A-1" } });
    const { secret } = await makeKey(database.sql, { scopes: ["manage"] });
    const manager = api(server.url, { Authorization: `Bearer ${secret}` });
    const wider = await manager.post("/api/keys", { name: "X", scopes: ["ingest", "manage"] });
    expect(wider.status).toBe(403);
  });
});

test("a user without any facility sees an empty estate", async () => {
  const client = api(server.url, await asUser(database.sql, "viewer", { facilityIds: [] }));
  expect((await client.get("/api/devices/status")).body).toEqual([]);
  const { body } = await client.get(`/api/dashboard/summary?date=${today}`);
  expect(body).toMatchObject({ total_parking_events: 0, occupancy: { total: 0 }, zones: [] });
});
