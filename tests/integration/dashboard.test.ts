import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as route from "@/app/api/dashboard/summary/route";
import { connectDatabase } from "@/db/client";
import { readDashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import { type Device, makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
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

const summary = (now: string, query: Parameters<typeof readDashboardSummary>[1]) =>
  readDashboardSummary({ db: pool.db, actor: { name: "test" }, now: new Date(now) }, query);

/** A facility with one zone, and devices in it. */
async function estate(timeZone: string, devices: number, overrides: object = {}) {
  const facility = await makeFacility(database.sql, { timeZone });
  const zone = await makeZone(database.sql, { facilityId: facility.id });
  const made: Device[] = [];
  for (let i = 0; i < devices; i++) {
    made.push(await makeDevice(database.sql, { zoneId: zone.id, ...overrides }));
  }
  return { facility, zone, devices: made as [Device, Device, Device] };
}

describe("events of a date", () => {
  it("counts each event on the local date of its facility", async () => {
    const { facility, devices } = await estate("Asia/Shanghai", 1);
    await park(
      database.sql,
      [devices[0], "2025-03-01T15:59:59Z", true],
      [devices[0], "2025-03-01T16:00:00Z", false],
      [devices[0], "2025-03-02T15:59:59Z", true],
      [devices[0], "2025-03-02T16:00:00Z", false],
    );
    const day = await summary("2025-04-01T00:00:00Z", {
      date: "2025-03-02",
      facilityId: facility.id,
    });
    expect(day.total_parking_events).toBe(2);
    expect(day.current_occupancy_count).toBe(1);
    expect(day.hourly_usage.filter(({ count }) => count > 0)).toEqual([
      { hour: "2025-03-02T00:00:00+08:00", count: 1 },
      { hour: "2025-03-02T23:00:00+08:00", count: 1 },
    ]);
  });

  it.each([
    ["2024-10-27", 25, "2024-10-27T02:00:00+01:00"],
    ["2024-03-31", 23, "2024-03-31T03:00:00+02:00"],
    ["2024-06-01", 24, "2024-06-01T02:00:00+02:00"],
  ])("has every hour of %s in Berlin, %i of them", async (date, hours, hour) => {
    const { facility, devices } = await estate("Europe/Berlin", 1);
    await park(database.sql, [devices[0], new Date(hour).toISOString(), true]);
    const day = await summary("2025-04-01T00:00:00Z", { date, facilityId: facility.id });
    expect(day.hourly_usage).toHaveLength(hours);
    expect(new Set(day.hourly_usage.map((entry) => entry.hour)).size).toBe(hours);
    expect(day.hourly_usage.filter(({ count }) => count > 0)).toEqual([{ hour, count: 1 }]);
  });

  it("leaves the offset off where several time zones are in scope", async () => {
    const east = await estate("Asia/Shanghai", 1);
    const west = await estate("America/New_York", 1);
    await park(
      database.sql,
      [east.devices[0], "2025-05-05T01:10:00Z", true],
      [west.devices[0], "2025-05-05T13:50:00Z", true],
    );
    const day = await summary("2025-06-01T00:00:00Z", { date: "2025-05-05" });
    expect(day.hourly_usage).toHaveLength(24);
    expect(day.hourly_usage[9]).toEqual({ hour: "2025-05-05T09:00:00", count: 2 });
  });

  it("gives zeros for a date that a time zone skipped", async () => {
    const { facility, devices } = await estate("Pacific/Apia", 1);
    await park(database.sql, [devices[0], "2011-12-30T08:00:00Z", true]);
    const query = { date: "2011-12-30", facilityId: facility.id };
    const day = await summary("2012-02-01T00:00:00Z", query);
    expect(day).toMatchObject({ total_parking_events: 0, hourly_usage: [], alerts_triggered: 0 });
    expect(day.occupancy).toMatchObject({ occupied: 1, total: 1 });
    const before = await summary("2012-02-01T00:00:00Z", { ...query, date: "2011-12-29" });
    expect(before).toMatchObject({ total_parking_events: 1, current_occupancy_count: 1 });
  });

  it("counts a device as active with telemetry or a parking log of the date", async () => {
    const { facility, devices } = await estate("UTC", 3);
    const [parks, reports, rests] = devices;
    await park(
      database.sql,
      [parks, "2025-03-02T10:00:00Z", true],
      [rests, "2025-03-01T10:00:00Z", true],
    );
    await report(
      database.sql,
      [reports, "2025-03-02T11:00:00Z"],
      [reports, "2025-03-03T11:00:00Z"],
    );
    const query = { date: "2025-03-02", facilityId: facility.id };
    expect((await summary("2025-04-01T00:00:00Z", query)).active_devices_count).toBe(2);
  });

  it("counts alerts on the local date of their facility", async () => {
    const { facility, devices } = await estate("America/Los_Angeles", 1);
    await makeAlert(database.sql, devices[0], "2025-03-02T07:59:59Z", { type: "offline" });
    await makeAlert(database.sql, devices[0], "2025-03-02T08:00:00Z");
    await makeAlert(database.sql, devices[0], "2025-03-03T07:59:59Z", { type: "invalid_data" });
    const query = { date: "2025-03-02", facilityId: facility.id };
    expect((await summary("2025-04-01T00:00:00Z", query)).alerts_triggered).toBe(2);
  });
});

describe("occupancy", () => {
  it("carries over to later dates, and is unknown for a device that never sent a log", async () => {
    const { facility, devices } = await estate("UTC", 3);
    const [stays, leaves] = devices;
    await park(
      database.sql,
      [stays, "2025-03-01T22:00:00Z", true],
      [leaves, "2025-03-01T22:00:00Z", true],
      [leaves, "2025-03-03T06:00:00Z", false],
    );
    const on = (date: string) => summary("2025-03-03T12:00:00Z", { date, facilityId: facility.id });
    const total = 3;
    const unreported = { occupied: 0, free: 0, unknown: 3, total };
    expect((await on("2025-02-28")).occupancy).toEqual(unreported);
    expect((await on("2025-03-01")).occupancy).toEqual({ occupied: 2, free: 0, unknown: 1, total });
    const quiet = await on("2025-03-02");
    expect(quiet.occupancy).toEqual({ occupied: 2, free: 0, unknown: 1, total });
    expect(quiet.current_occupancy_count).toBe(0);
    const today = { occupied: 1, free: 1, unknown: 1, total };
    expect((await on("2025-03-03")).occupancy).toEqual(today);
    expect((await on("2025-03-09")).occupancy).toEqual(today);
  });

  it("is unknown while a device is silent, today as at the end of a past date", async () => {
    const { facility, devices } = await estate("UTC", 1);
    await park(database.sql, [devices[0], "2025-03-01T08:00:00Z", true]);
    await report(
      database.sql,
      [devices[0], "2025-03-01T23:58:30Z"],
      [devices[0], "2025-03-03T12:00:00Z"],
    );
    const on = async (now: string, date: string) =>
      (await summary(now, { date, facilityId: facility.id })).occupancy;
    const known = { occupied: 1, free: 0, unknown: 0, total: 1 };
    const silent = { occupied: 0, free: 0, unknown: 1, total: 1 };
    expect(await on("2025-03-03T12:02:00Z", "2025-03-03")).toEqual(known);
    expect(await on("2025-03-03T12:02:01Z", "2025-03-03")).toEqual(silent);
    expect(await on("2025-03-03T12:01:00Z", "2025-03-01")).toEqual(known);
    expect(await on("2025-03-03T12:01:00Z", "2025-03-02")).toEqual(silent);
  });

  it("takes any message as contact of a device with an interval of its own", async () => {
    const { facility, devices } = await estate("UTC", 1, { offlineAfterSeconds: 3600 });
    await park(
      database.sql,
      [devices[0], "2025-03-01T23:30:00Z", false],
      [devices[0], "2025-03-05T00:00:00Z", true],
    );
    const on = async (date: string) =>
      (await summary("2025-04-01T00:00:00Z", { date, facilityId: facility.id })).occupancy;
    expect(await on("2025-03-01")).toMatchObject({ free: 1, unknown: 0 });
    expect(await on("2025-03-02")).toMatchObject({ free: 0, unknown: 1 });
  });

  it("counts a device until the date before it was retired", async () => {
    const { facility, zone, devices } = await estate("Asia/Shanghai", 1);
    const retiredAt = new Date("2025-03-02T16:00:00Z");
    await makeDevice(database.sql, { zoneId: zone.id, retiredAt });
    await park(database.sql, [devices[0], "2025-03-01T08:00:00Z", true]);
    const on = async (date: string) =>
      (await summary("2025-04-01T00:00:00Z", { date, facilityId: facility.id })).occupancy.total;
    expect(await on("2025-03-02")).toBe(2);
    expect(await on("2025-03-03")).toBe(1);
    expect(await on("2025-05-01")).toBe(1);
  });

  it("shows a retired zone only where it has events", async () => {
    const facility = await makeFacility(database.sql);
    const retiredAt = new Date("2025-03-02T16:00:00Z");
    const zone = await makeZone(database.sql, { facilityId: facility.id, retiredAt });
    const device = await makeDevice(database.sql, { zoneId: zone.id });
    await park(database.sql, [device, "2025-03-02T08:00:00Z", true]);
    const zones = async (date: string) =>
      (await summary("2025-04-01T00:00:00Z", { date, facilityId: facility.id })).zones;
    expect(await zones("2025-03-02")).toMatchObject([{ zone_id: zone.id, events: 1, total: 0 }]);
    expect(await zones("2025-03-03")).toEqual([]);
  });
});

describe("targets", () => {
  it("leaves a device's target out where its zone has one of its own", async () => {
    const facility = await makeFacility(database.sql);
    const ofZone = await makeZone(database.sql, { facilityId: facility.id, code: "A" });
    const ofDevice = await makeZone(database.sql, { facilityId: facility.id, code: "B" });
    const a = await makeDevice(database.sql, { zoneId: ofZone.id, code: "bay-a" });
    const b = await makeDevice(database.sql, { zoneId: ofDevice.id, code: "bay-b" });
    const untargeted = await makeDevice(database.sql, { zoneId: ofDevice.id });
    const date = "2025-03-02";
    await database.sql`insert into targets ${database.sql([
      { zone_id: ofZone.id, device_id: null, date, target_value: 4 },
      { zone_id: null, device_id: a.id, date, target_value: 100 },
      { zone_id: null, device_id: b.id, date, target_value: 2 },
      { zone_id: null, device_id: b.id, date: "2025-03-03", target_value: 50 },
    ])}`;
    await park(
      database.sql,
      [a, "2025-03-02T08:00:00Z", true],
      [b, "2025-03-02T08:00:00Z", true],
      [b, "2025-03-02T09:00:00Z", false],
      [untargeted, "2025-03-02T09:00:00Z", true],
    );
    const day = await summary("2025-04-01T00:00:00Z", { date, facilityId: facility.id });
    expect(day.target_actual_comparison).toEqual({ target: 6, actual: 3 });
    expect(day.efficiency_pct).toBe(50);
    expect(day.zone_breakdown).toEqual([
      { zone_code: "A", target: 4, actual: 1, efficiency_pct: 25 },
      { device_code: "bay-a", target: 100, actual: 1, efficiency_pct: 1 },
      { device_code: "bay-b", target: 2, actual: 2, efficiency_pct: 100 },
    ]);
  });

  it("are null without any", async () => {
    const { facility } = await estate("UTC", 1);
    const day = await summary("2025-04-01T00:00:00Z", {
      date: "2025-03-02",
      facilityId: facility.id,
    });
    expect(day).toMatchObject({ efficiency_pct: null, target_actual_comparison: null });
  });
});

describe("GET /api/dashboard/summary", () => {
  const get = (query: string) =>
    callRoutes({ "/api/dashboard/summary": route }).get(`/api/dashboard/summary?${query}`);

  it("takes ids and codes, and names the zones with their figures", async () => {
    const { facility, zone, devices } = await estate("UTC", 1);
    await park(database.sql, [devices[0], "2025-03-02T08:00:00Z", true]);
    const byId = await get(`date=2025-03-02&facility=${facility.id}&zone=${zone.id}`);
    const byCode = await get(`date=2025-03-02&facility=${facility.code}&zone=${zone.code}`);
    expect(byId.status).toBe(200);
    expect(byCode.body).toEqual(byId.body);
    expect(byId.body.zones).toEqual([
      {
        ...{ zone_id: zone.id, zone_code: zone.code, facility_id: facility.id },
        ...{ events: 1, occupied: 1, free: 0, unknown: 0, total: 1 },
      },
    ]);
  });

  it("looks for a zone code within the given facility, and asks for it where it must", async () => {
    const one = await makeFacility(database.sql);
    const other = await makeFacility(database.sql);
    await makeZone(database.sql, { facilityId: one.id, code: "twin" });
    await makeZone(database.sql, { facilityId: other.id, code: "twin" });
    const ambiguous = await get("date=2025-03-02&zone=twin");
    expect(ambiguous.status).toBe(400);
    expect(ambiguous.body.errors.zone[0]).toMatch(/name the facility too/);
    const clear = await get(`date=2025-03-02&zone=twin&facility=${one.id}`);
    expect(clear.body.zones).toMatchObject([{ facility_id: one.id }]);
  });

  it.each([
    ["", "date", "Required."],
    ["date=2025-02-30", "date", "Must be a date, YYYY-MM-DD."],
    ["date=0000-01-01", "date", "Must be a date, YYYY-MM-DD."],
    ["date=2025-03-02&facility=nowhere", "facility", "No such facility."],
    ["date=2025-03-02&facility=99999999999", "facility", "No such facility."],
    ["date=2025-03-02&zone=2147483647", "zone", "No such zone."],
    ["date=2025-03-02&zone=%00", "zone", "Must not contain control characters."],
  ])("refuses %j and names %s", async (query, field, message) => {
    const { status, body } = await get(query);
    expect(status).toBe(400);
    expect(body.errors).toEqual({ [field]: [message] });
  });

  it("refuses a zone of another facility", async () => {
    const { facility } = await estate("UTC", 0);
    const { zone } = await estate("UTC", 0);
    const { status, body } = await get(`date=2025-03-02&facility=${facility.id}&zone=${zone.id}`);
    expect(status).toBe(400);
    expect(body.errors).toEqual({ zone: ["Not a zone of that facility."] });
  });

  it.each(["0001-01-01", "9999-12-31"])("answers for %s", async (date) => {
    const { status, body } = await get(`date=${date}`);
    expect(status).toBe(200);
    expect(body.total_parking_events).toBe(0);
  });
});
