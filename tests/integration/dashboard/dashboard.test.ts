import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as route from "@/app/api/dashboard/summary/route";
import { connectDatabase } from "@/db/client";
import { SYSTEM } from "@/lib/server/context";
import { readDashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import { makeFacility, makeZone } from "@/tests/support/factories";
import { makeAlert, makeEstate, park, report } from "@/tests/support/history";
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

const LATER = "2025-09-01T00:00:00Z";
const summary = (now: string, query: Parameters<typeof readDashboardSummary>[1]) =>
  readDashboardSummary({ db: pool.db, actor: SYSTEM, now: new Date(now) }, query);

describe("events of a date", () => {
  it("counts each event on the local date of its facility", async () => {
    const { facility, devices } = await makeEstate(database.sql, "Asia/Shanghai", 1);
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
    const { facility, devices } = await makeEstate(database.sql, "Europe/Berlin", 1);
    await park(database.sql, [devices[0], new Date(hour).toISOString(), true]);
    const day = await summary("2025-04-01T00:00:00Z", { date, facilityId: facility.id });
    expect(day.hourly_usage).toHaveLength(hours);
    expect(new Set(day.hourly_usage.map((entry) => entry.hour)).size).toBe(hours);
    expect(day.hourly_usage.filter(({ count }) => count > 0)).toEqual([{ hour, count: 1 }]);
  });

  it("leaves the offset off where several time zones are in scope", async () => {
    const east = await makeEstate(database.sql, "Asia/Shanghai", 1);
    const west = await makeEstate(database.sql, "America/New_York", 1);
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
    const { facility, devices } = await makeEstate(database.sql, "Pacific/Apia", 1);
    await park(database.sql, [devices[0], "2011-12-30T08:00:00Z", true]);
    const query = { date: "2011-12-30", facilityId: facility.id };
    const day = await summary("2012-02-01T00:00:00Z", query);
    expect(day).toMatchObject({ total_parking_events: 0, hourly_usage: [], alerts_triggered: 0 });
    expect(day.occupancy).toMatchObject({ occupied: 1, total: 1 });
    const before = await summary("2012-02-01T00:00:00Z", { ...query, date: "2011-12-29" });
    expect(before).toMatchObject({ total_parking_events: 1, current_occupancy_count: 1 });
  });

  it("counts a device as active with telemetry or a parking log of the date", async () => {
    const { facility, devices } = await makeEstate(database.sql, "UTC", 3);
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
    const { facility, devices } = await makeEstate(database.sql, "America/Los_Angeles", 1);
    await makeAlert(database.sql, devices[0], "2025-03-02T07:59:59Z", { type: "offline" });
    await makeAlert(database.sql, devices[0], "2025-03-02T08:00:00Z");
    await makeAlert(database.sql, devices[0], "2025-03-03T07:59:59Z", { type: "invalid_data" });
    const query = { date: "2025-03-02", facilityId: facility.id };
    expect((await summary("2025-04-01T00:00:00Z", query)).alerts_triggered).toBe(2);
    const east = await makeEstate(database.sql, "Asia/Shanghai", 1);
    await makeAlert(database.sql, east.devices[0], "2025-08-15T16:00:00Z", { type: "offline" });
    await makeAlert(database.sql, east.devices[0], "2025-08-15T15:59:59Z");
    await makeAlert(database.sql, devices[0], "2025-08-15T06:59:59Z", { resolvedAt: LATER });
    await makeAlert(database.sql, devices[0], "2025-08-16T06:59:59Z", { resolvedAt: LATER });
    expect((await summary(LATER, { date: "2025-08-15" })).alerts_triggered).toBe(2);
  });
});

describe("GET /api/dashboard/summary", () => {
  const get = (query: string) =>
    callRoutes({ "/api/dashboard/summary": route }).get(`/api/dashboard/summary?${query}`);

  it("takes ids and codes, and names the zones with their figures", async () => {
    const { facility, zone, devices } = await makeEstate(database.sql, "UTC", 1);
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
    const { facility } = await makeEstate(database.sql, "UTC", 0);
    const { zone } = await makeEstate(database.sql, "UTC", 0);
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
