import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase } from "@/db/client";
import { SYSTEM } from "@/lib/server/context";
import { readDashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import { makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { makeEstate, park, report } from "@/tests/support/history";
import { startRuntime } from "@/tests/support/routes";

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
  readDashboardSummary({ db: pool.db, actor: SYSTEM, now: new Date(now) }, query);

describe("occupancy", () => {
  it("carries over to later dates, and is unknown for a device that never sent a log", async () => {
    const { facility, devices } = await makeEstate(database.sql, "UTC", 3);
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
    const { facility, devices } = await makeEstate(database.sql, "UTC", 1);
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
    const { facility, devices } = await makeEstate(database.sql, "UTC", 1, {
      offlineAfterSeconds: 3600,
    });
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
    const { facility, zone, devices } = await makeEstate(database.sql, "Asia/Shanghai", 1);
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
    const id = { target_id: expect.any(Number) };
    expect(day.zone_breakdown).toEqual([
      { ...id, zone_id: ofZone.id, zone_code: "A", target: 4, actual: 1, efficiency_pct: 25 },
      { ...id, device_id: a.id, device_code: "bay-a", target: 100, actual: 1, efficiency_pct: 1 },
      { ...id, device_id: b.id, device_code: "bay-b", target: 2, actual: 2, efficiency_pct: 100 },
    ]);
  });

  it("are null without any", async () => {
    const { facility } = await makeEstate(database.sql, "UTC", 1);
    const day = await summary("2025-04-01T00:00:00Z", {
      date: "2025-03-02",
      facilityId: facility.id,
    });
    expect(day).toMatchObject({ efficiency_pct: null, target_actual_comparison: null });
  });
});
