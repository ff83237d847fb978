import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase } from "@/db/client";
import type { Reach } from "@/lib/domain/access/reach";
import { addDays } from "@/lib/domain/values/dates";
import { SYSTEM } from "@/lib/server/context";
import { readExpectedByNow } from "@/lib/server/dashboard/read-expected-by-now";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type Device, makeZone } from "@/tests/support/factories";
import { type Event, makeEstate, park } from "@/tests/support/history";

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

const DATE = "2025-06-10";
const at = (now: string, reach: Reach = SYSTEM.reach) => ({
  ...{ db: pool.db, actor: { ...SYSTEM, reach }, now: new Date(now) },
});

/** On the same weekday of the four weeks before: 6 events from eight to nine, 2 at five. */
async function usualDays(device: Device, offset: string): Promise<void> {
  const events: Event[] = [];
  for (const week of [1, 2, 3, 4]) {
    const date = addDays(DATE, -7 * week);
    for (const minute of [5, 15, 25, 35, 45, 55]) {
      events.push([
        device,
        `${date}T08:${String(minute).padStart(2, "0")}:00${offset}`,
        minute % 2 > 0,
      ]);
    }
    events.push([device, `${date}T17:10:00${offset}`, true]);
    events.push([device, `${date}T17:20:00${offset}`, false]);
    // Another weekday says nothing.
    for (let hour = 10; hour < 20; hour++) {
      events.push([device, `${addDays(date, 1)}T${hour}:00:00${offset}`, hour % 2 > 0]);
    }
  }
  await park(database.sql, ...events);
}

async function target(of: { zone_id: number } | { device_id: number }, value: number) {
  const row = { zone_id: null, device_id: null, ...of, date: DATE, target_value: value };
  const [made] = await database.sql<[{ id: number }]>`
    insert into targets ${database.sql(row)} returning id`;
  return made.id;
}

describe("what is expected of a target by now", () => {
  it("follows the same weekday of the last weeks in its zone, by the clock of its facility", async () => {
    const { facility, zone, devices } = await makeEstate(database.sql, "America/New_York", 2);
    await usualDays(devices[0], "-04:00");
    const [ofZone, ofDevice] = [
      await target({ zone_id: zone.id }, 360),
      await target({ device_id: devices[1].id }, 100),
    ];
    const read = async (time: string) => {
      const query = { date: DATE, facilityId: facility.id };
      const { shares, overall } = await readExpectedByNow(at(`${DATE}T${time}:00-04:00`), query);
      return [shares[ofZone], shares[ofDevice], overall];
    };
    expect(await read("07:59")).toEqual([0, 0, 0]);
    expect(await read("08:30")).toEqual([0.375, 0.375, 135]);
    // The device's target lies in that of its zone.
    expect(await read("12:00")).toEqual([0.75, 0.75, 270]);
    expect(await read("23:59")).toEqual([1, 1, 360]);
  });

  it("is the share of the day that has passed in a zone without a usual day, 23 hours long too", async () => {
    const { facility, zone, devices } = await makeEstate(database.sql, "Europe/Vienna", 1);
    await park(database.sql, [devices[0], "2025-03-23T09:00:00Z", true]);
    await database.sql`insert into targets (zone_id, date, target_value)
      values (${zone.id}, '2025-03-30', 230)`;
    const query = { date: "2025-03-30", facilityId: facility.id };
    // Half past eleven of the clock is ten and a half hours after midnight.
    const { overall } = await readExpectedByNow(at("2025-03-30T09:30:00Z"), query);
    expect(overall).toBe(105);
  });

  it("is all of it where the date is over, and nothing where it is still to come", async () => {
    const tokyo = await makeEstate(database.sql, "Asia/Tokyo", 1);
    const honolulu = await makeEstate(database.sql, "Pacific/Honolulu", 1);
    await usualDays(tokyo.devices[0], "+09:00");
    await usualDays(honolulu.devices[0], "-10:00");
    const over = await target({ zone_id: tokyo.zone.id }, 40);
    const going = await target({ zone_id: honolulu.zone.id }, 80);
    const ids = [tokyo.facility.id, honolulu.facility.id];
    const read = (now: string) =>
      readExpectedByNow(at(now, { kind: "facilities", ids }), { date: DATE });
    expect(await read(`${DATE}T22:00:00Z`)).toEqual({
      shares: { [over]: 1, [going]: 0.75 },
      overall: 40 + 60,
    });
    expect(await read(`${DATE}T09:30:00Z`)).toEqual({
      shares: { [over]: 1, [going]: 0 },
      overall: 40,
    });
  });

  it("shows only what is within reach, and null without a target", async () => {
    const { facility } = await makeEstate(database.sql, "UTC", 1);
    const zone = await makeZone(database.sql, { facilityId: facility.id });
    const now = `${DATE}T12:00:00Z`;
    const query = { date: DATE, facilityId: facility.id };
    expect(await readExpectedByNow(at(now), query)).toEqual({ shares: {}, overall: null });
    const id = await target({ zone_id: zone.id }, 10);
    expect(await readExpectedByNow(at(now), query)).toEqual({ shares: { [id]: 0.5 }, overall: 5 });
    const elsewhere = { kind: "facilities" as const, ids: [] };
    expect(await readExpectedByNow(at(now, elsewhere), query)).toEqual({
      ...{ shares: {}, overall: null },
    });
    const device = { kind: "device" as const, id: 1 };
    await expect(readExpectedByNow(at(now, device), query)).rejects.toThrow("your access");
  });
});
