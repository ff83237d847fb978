import { sql as query } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as route from "@/app/api/devices/status/route";
import { connectDatabase } from "@/db/client";
import { isSilent } from "@/lib/domain/alerts/alerting";
import { connectionOf } from "@/lib/domain/devices/connection";
import { type LimitSettings, limitsInForce } from "@/lib/domain/devices/limits";
import { SYSTEM } from "@/lib/server/context";
import {
  connectionAt,
  lastContact,
  offlineAfterSeconds,
  silentAt,
} from "@/lib/server/device-state/silence";
import { readDeviceStatuses } from "@/lib/server/devices/read-device-statuses";
import { recordHealth } from "@/lib/server/schedule/record-health";
import { makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { makeAlert, park, report } from "@/tests/support/history";
import { callRoutes, startRuntime } from "@/tests/support/routes";

let database: Awaited<ReturnType<typeof startRuntime>>;
let pool: ReturnType<typeof connectDatabase>;

beforeAll(async () => {
  database = await startRuntime();
  pool = connectDatabase(database.url, 4);
});
afterAll(async () => {
  await pool.sql.end();
  await database.stop();
});

const NOW = "2025-03-02T12:00:00.000Z";
const statuses = (search: Parameters<typeof readDeviceStatuses>[1], now = NOW) =>
  readDeviceStatuses({ db: pool.db, actor: SYSTEM, now: new Date(now) }, search);
const get = (search: string) =>
  callRoutes({ "/api/devices/status": route }).get(`/api/devices/status?${search}`);

describe("silence in SQL", () => {
  const seconds = fc.option(fc.integer({ min: 1, max: 300 }), { nil: null });
  const agoMs = fc.option(fc.integer({ min: -60_000, max: 320_000 }), { nil: null });
  const device = fc.record({ d: seconds, z: seconds, f: seconds, telemetry: agoMs, log: agoMs });

  it("is the same as isSilent() and connectionOf() with limitsInForce()", async () => {
    const now = new Date(NOW);
    const time = (ago: number | null) => (ago === null ? null : now.getTime() - ago);
    await fc.assert(
      fc.asyncProperty(fc.array(device, { minLength: 1, maxLength: 100 }), async (devices) => {
        const rows = await pool.db.execute<{
          silent: boolean;
          connection: string;
          limit_s: number;
        }>(query`
          select ${silentAt(now)} as silent, ${offlineAfterSeconds} as limit_s,
                 ${connectionAt(silentAt(now))} as connection,
                 ${lastContact} as contact
          from json_array_elements(${JSON.stringify(devices)}::json) with ordinality g(given, nr),
            lateral (select (given->>'d')::int as offline_after_seconds) d,
            lateral (select (given->>'z')::int as offline_after_seconds) z,
            lateral (select (given->>'f')::int as offline_after_seconds) f,
            lateral (select ${NOW}::timestamptz - (given->>'telemetry')::int * interval '1 ms'
                              as last_telemetry_at,
                            ${NOW}::timestamptz - (given->>'log')::int * interval '1 ms'
                              as last_parking_log_at) s
          order by nr`);
        const expected = devices.map(({ d, z, f, telemetry, log }) => {
          const level = (s: number | null) => ({ offlineAfterSeconds: s }) as LimitSettings;
          const limits = limitsInForce(...[d, z, f].map((s) => ({ ...NO_LIMITS, ...level(s) })));
          const times = [time(telemetry), d === null ? null : time(log)].filter((t) => t !== null);
          const contact = times.length === 0 ? null : Math.max(...times);
          const silent = isSilent(contact, limits, now.getTime());
          const messages = [time(telemetry), time(log)].filter((t) => t !== null);
          const lastSeen = messages.length === 0 ? null : Math.max(...messages);
          const heard = { lastSeen, lastContact: contact };
          const connection = connectionOf(heard, limits, now.getTime());
          return { silent, connection, limit_s: limits.offlineAfterSeconds };
        });
        expect(
          [...rows].map(({ silent, connection, limit_s }) => ({ silent, connection, limit_s })),
        ).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  const NO_LIMITS: LimitSettings = {
    offlineAfterSeconds: null,
    highPowerW: null,
    maxCurrentA: null,
    maxVoltageV: null,
    normalReadingsToResolve: null,
    reopenWithinSeconds: null,
  };
});

describe("status of a device", () => {
  it("shows its newest values, and all times in UTC", async () => {
    const facility = await makeFacility(database.sql, { name: "Harbour" });
    const zone = await makeZone(database.sql, { facilityId: facility.id });
    const device = await makeDevice(database.sql, { zoneId: zone.id });
    await report(database.sql, [device, "2025-03-02T11:59:00Z"]);
    await park(database.sql, [device, "2025-03-02T11:59:30.250Z", true]);
    const { rows, total, nextCursor } = await statuses({ zoneId: zone.id });
    expect({ total, nextCursor }).toEqual({ total: 1, nextCursor: null });
    expect(rows[0]).toEqual({
      ...{ id: device.id, code: device.code, zone_id: zone.id, zone_code: zone.code },
      ...{ facility_id: facility.id, facility_name: "Harbour" },
      last_telemetry_at: "2025-03-02T11:59:00.000Z",
      last_parking_log_at: "2025-03-02T11:59:30.250Z",
      last_seen_at: "2025-03-02T11:59:30.250Z",
      offline_since: null,
      ...{ status: "OK", connection: "online", online: true, is_occupied: true },
      ...{ voltage: 230, current: 1, power_w: 230, health_score: 100, open_alerts: 0 },
      ...{ open_alert_types: [], worst_open: null, name: device.code },
      ...{ last_contact_at: "2025-03-02T11:59:00.000Z", offline_after_seconds: 120 },
      occupancy_since: "2025-03-02T11:59:30.250Z",
    });
  });

  it("says nothing about a device that never reported", async () => {
    const device = await makeDevice(database.sql);
    const { rows } = await statuses({ zoneId: device.zoneId });
    expect(rows[0]).toMatchObject({
      ...{ last_telemetry_at: null, last_parking_log_at: null, last_seen_at: null },
      ...{ status: "OK", connection: "never", online: false, is_occupied: null },
      ...{ voltage: null, current: null, power_w: null, health_score: 70, open_alerts: 0 },
    });
  });

  it("warns of a silence before any check has run, and takes back the occupancy", async () => {
    const device = await makeDevice(database.sql);
    await park(database.sql, [device, "2025-03-02T11:00:00Z", true]);
    await report(database.sql, [device, "2025-03-02T11:58:00Z"]);
    const at = async (now: string) => (await statuses({ zoneId: device.zoneId }, now)).rows[0];
    const heard = { status: "OK", connection: "online", online: true, is_occupied: true };
    expect(await at("2025-03-02T12:00:00.000Z")).toMatchObject(heard);
    const silent = { status: "WARNING", connection: "offline", online: false, is_occupied: null };
    const since = await at("2025-03-02T12:00:00.001Z");
    expect(since).toMatchObject({ ...silent, health_score: 100 });
    expect(since).toMatchObject({ offline_since: "2025-03-02T12:00:00.000Z" });
    expect(await at("2025-03-02T12:03:00.001Z")).toMatchObject({ health_score: 70 });
  });

  it("is online while a device without an interval of its own sends parking logs alone", async () => {
    const device = await makeDevice(database.sql);
    await park(database.sql, [device, "2025-03-01T12:00:00Z", true]);
    const row = async () => (await statuses({ zoneId: device.zoneId })).rows[0];
    const online = { status: "OK", connection: "online", online: true, is_occupied: true };
    expect(await row()).toMatchObject(online);
    await database.sql`update devices set offline_after_seconds = 60 where id = ${device.id}`;
    const offline = { status: "WARNING", connection: "offline", online: false, is_occupied: null };
    expect(await row()).toMatchObject(offline);
  });

  it("costs no health to be silent for as long as the device, zone or facility allows", async () => {
    const limit = { offlineAfterSeconds: 86_400 };
    const facility = await makeFacility(database.sql, limit);
    const zone = await makeZone(database.sql, { facilityId: facility.id });
    const inherits = await makeDevice(database.sql, { zoneId: zone.id });
    const own = await makeDevice(database.sql, { zoneId: zone.id, offlineAfterSeconds: 600 });
    await report(database.sql, [inherits, "2025-03-02T10:00:00Z"], [own, "2025-03-02T11:49:59Z"]);
    const { rows } = await statuses({ zoneId: zone.id });
    expect(rows.map((row) => row.health_score)).toEqual([100, 70]);
    const deviceIds = [inherits.id, own.id];
    await recordHealth({ db: pool.db, now: new Date(NOW) }, { deviceIds });
    const recorded = await database.sql<{ score: number }[]>`
      select health_score as score from health_snapshots
      where device_id in ${database.sql(deviceIds)} order by device_id`;
    expect(recorded.map(({ score }) => score)).toEqual([100, 70]);
  });

  it("is that of its worst open alert; acknowledged and resolved ones no longer count", async () => {
    const device = await makeDevice(database.sql);
    await report(database.sql, [device, NOW]);
    const row = async () => (await statuses({ zoneId: device.zoneId })).rows[0];
    const resolved = { resolvedAt: NOW };
    await makeAlert(database.sql, device, NOW, resolved);
    await makeAlert(database.sql, device, NOW, { type: "offline", acknowledgedAt: NOW });
    expect(await row()).toMatchObject({ status: "OK", open_alerts: 0, health_score: 100 });
    await makeAlert(database.sql, device, NOW, { type: "invalid_data", severity: "WARNING" });
    expect(await row()).toMatchObject({ status: "WARNING", open_alerts: 1, health_score: 90 });
    await makeAlert(database.sql, device, NOW);
    expect(await row()).toMatchObject({ status: "CRITICAL", open_alerts: 2, health_score: 80 });
  });

  it("leaves out what is retired, with its zone or facility too", async () => {
    const retiredAt = new Date("2025-01-01T00:00:00Z");
    const facility = await makeFacility(database.sql, { retiredAt });
    const zone = await makeZone(database.sql, { retiredAt });
    const ofFacility = await makeZone(database.sql, { facilityId: facility.id });
    await makeDevice(database.sql, { zoneId: ofFacility.id });
    await makeDevice(database.sql, { zoneId: zone.id });
    const alone = await makeDevice(database.sql, { retiredAt });
    for (const zoneId of [zone.id, ofFacility.id, alone.zoneId]) {
      expect(await statuses({ zoneId })).toMatchObject({ rows: [], total: 0 });
    }
  });
});

describe("GET /api/devices/status", () => {
  it("goes through all devices page by page, each once and by code", async () => {
    const zone = await makeZone(database.sql);
    for (let i = 0; i < 7; i++) await makeDevice(database.sql, { zoneId: zone.id });
    const all = await get(`zone=${zone.id}`);
    expect(all.headers.get("x-total-count")).toBe("7");
    const seen: string[] = [];
    for (let path: string | undefined = `zone=${zone.id}&limit=3`; path; ) {
      const page = await get(path);
      expect(page.headers.get("x-total-count")).toBe("7");
      seen.push(...page.body.map((row: { code: string }) => row.code));
      path = /<[^?]*\?([^>]*)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1];
    }
    expect(seen).toEqual(all.body.map((row: { code: string }) => row.code));
    expect(new Set(seen).size).toBe(7);
  });

  it("takes percent and underscore in a search as they are, and any case", async () => {
    const zone = await makeZone(database.sql);
    await makeDevice(database.sql, { zoneId: zone.id, code: "bay_50%", name: "Ramp" });
    await makeDevice(database.sql, { zoneId: zone.id, code: "bayX501", name: "Roof" });
    const found = async (search: string) =>
      (await get(`zone=${zone.id}&search=${encodeURIComponent(search)}`)).body.map(
        (row: { code: string }) => row.code,
      );
    expect(await found("Y_5")).toEqual(["bay_50%"]);
    expect(await found("50%")).toEqual(["bay_50%"]);
    expect(await found("rOOf")).toEqual(["bayX501"]);
    expect(await found("BAY")).toHaveLength(2);
    expect(await found("nothing")).toEqual([]);
  });

  it("filters by the status that it shows", async () => {
    const facility = await makeFacility(database.sql);
    const zone = await makeZone(database.sql, { facilityId: facility.id });
    const fresh = new Date().toISOString();
    const make = () => makeDevice(database.sql, { zoneId: zone.id });
    const [ok, silent, warning] = [await make(), await make(), await make()];
    const [critical, info] = [await make(), await make()];
    await report(database.sql, [ok, fresh], [silent, "2025-03-02T11:00:00Z"], [info, fresh]);
    await makeAlert(database.sql, warning, fresh, { severity: "WARNING" });
    await makeAlert(database.sql, critical, fresh);
    await makeAlert(database.sql, info, fresh, { severity: "INFO" });
    const all = (await get(`facility=${facility.code}`)).body as { id: number; status: string }[];
    for (const status of ["OK", "WARNING", "CRITICAL"]) {
      const filtered = await get(`facility=${facility.code}&status=${status}&limit=1`);
      const expected = all.filter((row) => row.status === status);
      expect(filtered.headers.get("x-total-count")).toBe(String(expected.length));
      expect(filtered.body).toEqual([expect.objectContaining({ id: expected[0]?.id, status })]);
    }
    expect(all.map((row) => row.status)).toEqual(["OK", "WARNING", "WARNING", "CRITICAL", "OK"]);
  });

  it("filters by the connection that it shows, with the status too, and counts so", async () => {
    const zone = await makeZone(database.sql);
    const fresh = new Date().toISOString();
    const make = () => makeDevice(database.sql, { zoneId: zone.id });
    const [online, offline, critical] = [await make(), await make(), await make()];
    const never = await make();
    await report(database.sql, [online, fresh], [offline, "2025-03-02T11:00:00Z"]);
    await report(database.sql, [critical, "2025-03-02T11:00:00Z"]);
    await makeAlert(database.sql, critical, fresh);
    const found = async (search: string) => {
      const { headers, body } = await get(`zone=${zone.id}&limit=1&${search}`);
      const ids = (body as { id: number }[]).map(({ id }) => id);
      return { total: Number(headers.get("x-total-count")), first: ids[0] };
    };
    expect(await found("connection=online")).toEqual({ total: 1, first: online.id });
    expect(await found("connection=never")).toEqual({ total: 1, first: never.id });
    expect(await found("connection=offline")).toEqual({ total: 2, first: offline.id });
    const both = "connection=offline&status=CRITICAL";
    expect(await found(both)).toEqual({ total: 1, first: critical.id });
    expect(await found("connection=never&status=WARNING")).toEqual({ total: 0, first: undefined });
  });

  it.each([
    ["status=ok", "status"],
    ["connection=Never", "connection"],
    ["limit=0", "limit"],
    ["limit=ten", "limit"],
    ["cursor=x", "cursor"],
    ["facility=nowhere", "facility"],
    ["zone=nowhere", "zone"],
    ["search=%00", "search"],
  ])("refuses %s and names the parameter", async (search, field) => {
    const { status, body } = await get(search);
    expect(status).toBe(400);
    expect(Object.keys(body.errors)).toEqual([field]);
  });
});
