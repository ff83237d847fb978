import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase } from "@/db/client";
import { stateShares } from "@/lib/domain/occupancy/bay-history";
import { SYSTEM } from "@/lib/server/context";
import { readDashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import { readOccupancyByHour } from "@/lib/server/dashboard/read-occupancy-by-hour";
import { readWeekBefore } from "@/lib/server/dashboard/read-week-before";
import { readDeviceDetail } from "@/lib/server/devices/read-device-detail";
import { readTimeline } from "@/lib/server/devices/read-timeline";
import { resolveRange } from "@/lib/server/devices/resolve-range";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import type { Device } from "@/tests/support/factories";
import { makeAlert, makeEstate, park, report } from "@/tests/support/history";

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

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const context = (now: number) => ({ db: pool.db, actor: SYSTEM, now: new Date(now) });
const iso = (at: number) => new Date(at).toISOString();

async function timelineOf(device: Device, date: string, now: number) {
  const detail = await readDeviceDetail(context(now), device.id);
  const bounds = { from: { date }, to: { date } };
  const range = await resolveRange(pool.db, detail.time_zone, bounds, new Date(now));
  return { from: range.from, ...(await readTimeline(context(now), { device: detail, range })) };
}

type Counts = { occupied: number; free: number; unknown: number };
/** The state of the only bay in view. */
const stateOf = ({ occupied, free }: Counts) => (occupied ? "occupied" : free ? "free" : "unknown");

/** What a device's timeline shows up to an instant. */
function shownAt({ stretches }: Awaited<ReturnType<typeof timelineOf>>, at: number) {
  const state = stretches.find(({ from, to }) => from < at && at <= to)?.state;
  return state === "offline" ? "unknown" : state;
}

describe("a bay is unknown by one rule", () => {
  const history = fc.record({
    /** Minutes after the first midnight, of three days. */
    logs: fc.array(fc.tuple(fc.integer({ min: 0, max: 4320 }), fc.boolean()), { maxLength: 12 }),
    readings: fc.array(fc.integer({ min: 0, max: 4320 }), { maxLength: 40 }),
    /** From when on it reports so often that its readings are not looked through one by one. */
    often: fc.option(
      fc.tuple(fc.integer({ min: 1000, max: 3000 }), fc.integer({ max: 9, min: 1 })),
    ),
    own: fc.option(fc.integer({ min: 60, max: 20_000 })),
    limit: fc.option(fc.integer({ min: 60, max: 20_000 })),
    /** Minutes after the beginning of the date in the middle. */
    now: fc.oneof(fc.constant(10_000), fc.integer({ min: 1, max: 1400 })),
  });

  it("so that the device page and the dashboard say the same at every hour and at its end", async () => {
    const date = "2025-10-26"; // 25 hours long in Vienna
    const midnight = Date.parse("2025-10-25T22:00:00Z");
    const seen = { unknown: 0, known: 0 };
    await fc.assert(
      fc.asyncProperty(history, async ({ logs, readings, often, own, limit, now: minutes }) => {
        const { facility, devices } = await makeEstate(database.sql, "Europe/Vienna", 1, {
          offlineAfterSeconds: own,
        });
        await database.sql`update facilities set offline_after_seconds = ${limit}
          where id = ${facility.id}`;
        const now = midnight + minutes * MINUTE;
        const first = midnight - 24 * HOUR;
        // A message of this very instant begins what a timeline shows from now on.
        const past = (minute: number) => first + minute * MINUTE < now;
        const times = new Set(readings.filter(past).map((minute) => first + minute * MINUTE));
        for (let n = 0; often && n < 300; n++) {
          const at = first + often[0] * MINUTE + n * often[1] * 20_000;
          if (at < now) times.add(at);
        }
        for (const [minute, occupied] of logs.filter(([minute]) => past(minute))) {
          await park(database.sql, [devices[0], iso(first + minute * MINUTE), occupied]);
        }
        const contacts = [...times].map((at) => [devices[0], iso(at)] as [Device, string]);
        if (contacts.length > 0) await report(database.sql, ...contacts);
        const query = { date, facilityId: facility.id };
        const { hours } = await readOccupancyByHour(context(now), query);
        const timeline = await timelineOf(devices[0], date, now);
        for (const [n, hour] of hours.entries()) {
          const end = Math.min(timeline.from + (n + 1) * HOUR, now);
          expect([hour.hour, stateOf(hour)]).toEqual([hour.hour, shownAt(timeline, end)]);
          seen[hour.unknown ? "unknown" : "known"]++;
        }
        const { occupancy } = await readDashboardSummary(context(now), query);
        expect(hours.at(-1)).toMatchObject(occupancy);
      }),
      { numRuns: 60 },
    );
    // It is no test of one state alone.
    expect(Math.min(seen.unknown, seen.known)).toBeGreaterThan(200);
  });

  it("so that a day with few readings is as unknown on the dashboard as on the device page", async () => {
    const { facility, devices } = await makeEstate(database.sql, "UTC", 1);
    const day = Date.parse("2025-06-03T00:00:00Z");
    await park(database.sql, [devices[0], iso(day - HOUR), true]);
    await report(database.sql, [devices[0], iso(day - HOUR)]);
    for (let hour = 0; hour < 24; hour += 3) {
      // The last minutes of every third hour are known, and nothing else.
      await report(database.sql, [devices[0], iso(day + (hour + 1) * HOUR - MINUTE)]);
    }
    // An alert that was raised and resolved late says nothing else.
    await makeAlert(database.sql, devices[0], iso(day + 2 * HOUR), {
      ...{ type: "offline", resolvedAt: iso(day + 2 * HOUR + MINUTE) },
    });
    const now = day + 48 * HOUR;
    const query = { date: "2025-06-03", facilityId: facility.id };
    const { hours } = await readOccupancyByHour(context(now), query);
    const known = hours.flatMap(({ occupied }, hour) => (occupied ? [hour] : []));
    expect(known).toEqual([0, 3, 6, 9, 12, 15, 18, 21]);
    const { stretches } = await timelineOf(devices[0], "2025-06-03", now);
    expect(stateShares(stretches).occupied).toBeCloseTo((8 * 2 * MINUTE) / (24 * HOUR), 10);
  });

  it("so that the week before is known up to a time of day as the device page shows it", async () => {
    const { facility, devices } = await makeEstate(database.sql, "UTC", 1);
    const day = Date.parse("2025-06-03T00:00:00Z");
    await park(database.sql, [devices[0], iso(day - HOUR), true]);
    await report(
      database.sql,
      ...[1, 5, 9].map((hour) => [devices[0], iso(day + hour * HOUR)] as [Device, string]),
    );
    const state = async (minutes: number) => {
      const now = day + 7 * 24 * HOUR + minutes * MINUTE;
      const query = { date: "2025-06-10", facilityId: facility.id };
      const { occupancy } = await readWeekBefore(context(now), query);
      const timeline = await timelineOf(devices[0], "2025-06-03", now);
      expect(stateOf(occupancy)).toBe(shownAt(timeline, day + minutes * MINUTE));
      return stateOf(occupancy);
    };
    expect(await state(301)).toBe("occupied");
    expect(await state(303)).toBe("unknown");
  });
});
