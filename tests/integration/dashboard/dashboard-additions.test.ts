import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase } from "@/db/client";
import type { Reach } from "@/lib/domain/access/reach";
import { addDays } from "@/lib/domain/values/dates";
import { SYSTEM } from "@/lib/server/context";
import { readDashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import { readOccupancyByHour } from "@/lib/server/dashboard/read-occupancy-by-hour";
import { readWeekBefore } from "@/lib/server/dashboard/read-week-before";
import { importDevices } from "@/lib/server/devices/import-devices";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type Device, makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { makeEstate, park, report } from "@/tests/support/history";

let database: TestDatabase;
let pool: ReturnType<typeof connectDatabase>;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = connectDatabase(database.url, 4);
});
afterAll(async () => {
  await pool.sql.end();
  await database.drop();
});

/** What is added is created now, by the clock of the database. */
const NOW = new Date();
const TODAY = NOW.toISOString().slice(0, 10);
const at = (now = NOW, reach: Reach = SYSTEM.reach) => ({
  ...{ db: pool.db, actor: { ...SYSTEM, reach }, now },
});
const ago = (days: number, time: string) => `${addDays(TODAY, -days)}T${time}:00Z`;

/** Every figure of a date: the whole answer, its hours, and what it is compared with. */
async function figuresOf(date: string, facilityId?: number) {
  const query = { date, facilityId };
  return {
    summary: await readDashboardSummary(at(), query),
    occupancy: await readOccupancyByHour(at(), query),
    weekBefore: await readWeekBefore(at(), query),
  };
}

describe("additions do not rewrite history", () => {
  it("importing 50 bays today, with a new zone and a new facility, changes no figure of last week", async () => {
    const { facility, devices } = await makeEstate(database.sql, "UTC", 3);
    for (let day = 1; day <= 15; day++) {
      await park(database.sql, [devices[0], ago(day, "08:00"), true]);
      await park(database.sql, [devices[0], ago(day, "18:00"), false]);
      await report(database.sql, [devices[1], ago(day, "23:59")]);
    }
    const zone = devices[0];
    await database.sql`insert into targets (zone_id, date, target_value)
      values (${zone.zoneId}, ${addDays(TODAY, -3)}, 10)`;
    const week = Array.from({ length: 7 }, (_, n) => addDays(TODAY, -1 - n));
    const all = async () => Promise.all(week.map((date) => figuresOf(date)));
    const before = await all();
    expect(before[0]?.summary.occupancy.total).toBe(3);
    // By then it is a new day in Tokyo too.
    const tomorrow = addDays(TODAY, 1);
    const { total } = (await figuresOf(tomorrow)).summary.occupancy;

    const [{ code: zoneCode }] = await database.sql<[{ code: string }]>`
      select code from zones where id = ${zone.zoneId}`;
    const rows = Array.from({ length: 50 }, (_, n) => {
      const place = [
        `${zoneCode},${facility.code},`,
        `NEW,${facility.code},`,
        "A,ELSEWHERE,Asia/Tokyo",
      ];
      return `bay-${n},${place[n % 3]}`;
    });
    const csv = ["device_code,zone,facility,time_zone", ...rows].join("\n");
    const imported = await importDevices(at(), { csv, dryRun: false, move: false });
    expect(imported).toMatchObject({ created: 50, zones_created: 2, facilities_created: 1 });

    expect(await all()).toEqual(before);
    expect((await figuresOf(tomorrow)).summary.occupancy.total).toBe(total + 50);
  });

  it("a bay counts from the local day of its first message, also one that comes late", async () => {
    const facility = await makeFacility(database.sql, { timeZone: "Asia/Shanghai" });
    const zone = await makeZone(database.sql, { facilityId: facility.id, createdAt: NOW });
    const added = () => makeDevice(database.sql, { zoneId: zone.id, createdAt: NOW });
    const [parks, reports] = [await added(), await added()];
    const totals = async () => {
      const dates = [6, 5, 4, 3, 2].map((days) => addDays(TODAY, -days));
      return Promise.all(
        dates.map(async (date) => {
          const { summary, occupancy, weekBefore } = await figuresOf(date, facility.id);
          expect(new Set(occupancy.hours.map(({ total }) => total))).toEqual(
            new Set([summary.occupancy.total]),
          );
          expect(summary.zones.reduce((sum, { total }) => sum + total, 0)).toBe(
            summary.occupancy.total,
          );
          expect(weekBefore.occupancy.total).toBe(0);
          return summary.occupancy.total;
        }),
      );
    };
    expect(await totals()).toEqual([0, 0, 0, 0, 0]);
    // Half past midnight there: the date after the one in UTC.
    await park(database.sql, [parks, ago(4, "16:30"), true]);
    await report(database.sql, [reports, ago(3, "12:00")]);
    expect(await totals()).toEqual([0, 0, 0, 2, 2]);
    await report(database.sql, [parks, ago(5, "12:00")]);
    expect(await totals()).toEqual([0, 1, 1, 2, 2]);
  });

  it("a bay that is compared with its first day counts in all of it, whenever it was first heard", async () => {
    const { facility, devices } = await makeEstate(database.sql, "UTC", 1, { createdAt: NOW });
    await park(database.sql, [devices[0], "2025-06-03T18:00:00Z", true]);
    const weekBefore = async (now: string) => {
      const query = { date: "2025-06-10", facilityId: facility.id };
      return (await readWeekBefore(at(new Date(now)), query)).occupancy;
    };
    const unknown = { occupied: 0, free: 0, unknown: 1, total: 1 };
    expect(await weekBefore("2025-06-10T12:00:00Z")).toEqual(unknown);
    expect(await weekBefore("2025-06-10T19:00:00Z")).toMatchObject({ occupied: 1, total: 1 });
  });

  it("a bay that moved takes its days along, and a retired one keeps them", async () => {
    const { facility, devices } = await makeEstate(database.sql, "UTC", 2, { createdAt: NOW });
    const moved: Device = devices[0];
    await park(database.sql, [moved, ago(5, "12:00"), true], [devices[1], ago(4, "12:00"), true]);
    const zone = await makeZone(database.sql, { facilityId: facility.id, createdAt: NOW });
    await database.sql`update devices set zone_id = ${zone.id} where id = ${moved.id}`;
    await database.sql`update devices set retired_at = ${ago(2, "12:00")} where id = ${devices[1].id}`;
    const zonesOn = async (days: number) =>
      (await figuresOf(addDays(TODAY, -days), facility.id)).summary.zones
        .filter(({ total }) => total > 0)
        .map(({ zone_id, total }) => [zone_id, total]);
    expect(await zonesOn(6)).toEqual([]);
    expect(await zonesOn(5)).toEqual([[zone.id, 1]]);
    expect(await zonesOn(3)).toEqual([
      [devices[1].zoneId, 1],
      [zone.id, 1],
    ]);
    expect(await zonesOn(2)).toEqual([[zone.id, 1]]);
  });
});
