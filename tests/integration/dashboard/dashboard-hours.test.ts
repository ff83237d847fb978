import type { Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase } from "@/db/client";
import type { Reach } from "@/lib/domain/access/reach";
import { addDays } from "@/lib/domain/values/dates";
import { SYSTEM } from "@/lib/server/context";
import { readDashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import { readOccupancyByHour } from "@/lib/server/dashboard/read-occupancy-by-hour";
import { readWeekBefore } from "@/lib/server/dashboard/read-week-before";
import { makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { type Event, makeAlert, makeEstate, park, report } from "@/tests/support/history";
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

type Query = Parameters<typeof readOccupancyByHour>[1];
const at = (now: string, reach: Reach = SYSTEM.reach) => ({
  ...{ db: pool.db, actor: { ...SYSTEM, reach }, now: new Date(now) },
});
const hoursOf = async (now: string, query: Query) =>
  (await readOccupancyByHour(at(now), query)).hours;
const counts = ({ occupied, free, unknown }: Record<"occupied" | "free" | "unknown", number>) =>
  [occupied, free, unknown].join("/");

/** Occupied, free and never reported before an instant, device by device from the raw rows alone. */
async function rawStates(sql: Sql, zoneId: number, before: string): Promise<string> {
  const [row] = await sql`
    select count(*) filter (where s.is_occupied)::int as occupied,
           count(*) filter (where not s.is_occupied)::int as free,
           count(*) filter (where s.is_occupied is null)::int as unknown
    from devices d left join lateral (
      select is_occupied from parking_logs l where l.device_id = d.id and l.timestamp < ${before}
      order by l.timestamp desc, l.arrival desc limit 1
    ) s on true where d.zone_id = ${zoneId}`;
  return counts(row as never);
}

/** Events of three devices every few minutes from a day before to a day after, from a fixed seed. */
function busyDays(devices: Parameters<typeof park>[1][0][], firstDay: string): Event[] {
  let seed = 7;
  const next = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed;
  };
  return Array.from({ length: 400 }, (): Event => {
    const minute = next() % (3 * 24 * 60);
    const time = new Date(Date.parse(firstDay) + minute * 60_000).toISOString();
    return [devices[next() % devices.length]!, time, next() % 2 === 0];
  });
}

describe("occupancy through the day", () => {
  it.each([
    ["Europe/Vienna", "2025-03-30", 23],
    ["Europe/Vienna", "2025-10-26", 25],
    ["America/New_York", "2025-06-10", 24],
    ["Asia/Kolkata", "2025-06-10", 24],
    // Begun, then left for the date before by a clock that is set back, then begun again.
    ["America/St_Johns", "2004-10-31", 25],
    ["Antarctica/Casey", "2010-03-05", 26],
  ])(
    "in %s on %s is what the raw rows say, in each of its %i hours",
    async (zone, date, length) => {
      const estate = await makeEstate(database.sql, zone, 3);
      await park(database.sql, ...busyDays(estate.devices, addDays(date, -1)));
      const query = { date, facilityId: estate.facility.id };
      const hours = await hoursOf("2026-01-01T00:00:00Z", query);
      expect(hours).toHaveLength(length);
      for (const { hour, ...states } of hours) {
        const end = new Date(Date.parse(hour) + 3_600_000).toISOString();
        expect(`${hour} ${counts(states)}`).toBe(
          `${hour} ${await rawStates(database.sql, estate.zone.id, end)}`,
        );
      }
      const summary = await readDashboardSummary(at("2026-01-01T00:00:00Z"), query);
      expect(summary.hourly_usage.map(({ hour }) => hour)).toEqual(hours.map(({ hour }) => hour));
      expect(hours.at(-1)).toMatchObject(summary.occupancy);
    },
  );

  it("ends with now while the day goes on, and is empty for a day to come", async () => {
    const { facility, devices } = await makeEstate(database.sql, "UTC", 2);
    await park(
      database.sql,
      [devices[0], "2025-03-01T23:00:00Z", true],
      [devices[0], "2025-03-02T02:30:00Z", false],
      [devices[1], "2025-03-02T02:30:00Z", true],
    );
    const query = { date: "2025-03-02", facilityId: facility.id };
    const hours = await hoursOf("2025-03-02T02:40:00Z", query);
    expect(hours.map(counts)).toEqual(["1/0/1", "1/0/1", "1/1/0"]);
    expect(await hoursOf("2025-03-01T12:00:00Z", query)).toEqual([]);
  });

  it("takes the later received of two states at one time", async () => {
    const { facility, devices } = await makeEstate(database.sql, "UTC", 2);
    const time = "2025-03-02T05:10:00Z";
    await park(database.sql, [devices[0], time, true], [devices[0], time, false]);
    await park(database.sql, [devices[1], time, true]);
    await park(database.sql, [devices[1], time, false]);
    const query = { date: "2025-03-02", facilityId: facility.id };
    const hours = await hoursOf("2026-01-01T00:00:00Z", query);
    expect([hours[4], hours[5]].map((hour) => counts(hour!))).toEqual(["0/0/2", "0/2/0"]);
  });

  it("is unknown in each silence that is longer than allowed, whatever the alerts of that time say", async () => {
    const { facility, devices } = await makeEstate(database.sql, "UTC", 2);
    const [silent, heard] = devices;
    await park(
      database.sql,
      [silent, "2025-03-01T10:00:00Z", true],
      [heard, "2025-03-01T10:00:00Z", false],
    );
    await report(
      database.sql,
      [silent, "2025-03-01T12:00:00Z"],
      [silent, "2025-03-02T02:30:00Z"],
      [silent, "2025-03-02T06:59:00Z"],
    );
    const alert = await makeAlert(database.sql, silent, "2025-03-02T03:30:00Z", {
      type: "offline",
      resolvedAt: "2025-03-02T05:30:00Z",
    });
    await database.sql`insert into alert_transitions (alert_id, kind, at, actor)
      values (${alert}, 'acknowledged', '2025-03-02T03:40:00Z', 'ada'),
             (${alert}, 'resolved', '2025-03-02T05:30:00Z', 'system')`;
    const query = { date: "2025-03-02", facilityId: facility.id };
    const hours = await hoursOf("2026-01-01T00:00:00Z", query);
    const unknownAt = hours.flatMap(({ unknown }, at) => (unknown === 1 ? [at + 1] : []));
    // Heard at 02:30 and 06:59, and so known until 02:32 and from 06:59 to 07:01.
    expect(unknownAt).toEqual(Array.from({ length: 24 }, (_, n) => n + 1).filter((n) => n !== 7));
    expect(hours.map(({ total }) => total)).toEqual(Array(24).fill(2));
    const summary = await readDashboardSummary(at("2026-01-01T00:00:00Z"), query);
    expect(hours.at(-1)).toMatchObject(summary.occupancy);
  });

  it("is told by the clock on each wall where time zones differ, and ends with the summary's", async () => {
    const facilities: number[] = [];
    const events: Event[] = [];
    for (const timeZone of ["Asia/Singapore", "America/New_York"]) {
      const { facility, devices } = await makeEstate(database.sql, timeZone, 1);
      const offset = timeZone === "Asia/Singapore" ? "+08:00" : "-04:00";
      events.push([devices[0], `2025-06-10T09:30:00${offset}`, true]);
      facilities.push(facility.id);
    }
    await park(database.sql, ...events);
    const reach: Reach = { kind: "facilities", ids: facilities };
    const read = async (now: string) =>
      (await readOccupancyByHour(at(now, reach), { date: "2025-06-10" })).hours;
    const past = await read("2026-01-01T00:00:00Z");
    expect(past).toHaveLength(24);
    expect([past[8], past[9]].map((hour) => [hour!.hour, counts(hour!)])).toEqual([
      ["2025-06-10T08:00:00", "0/0/2"],
      ["2025-06-10T09:00:00", "2/0/0"],
    ]);
    // Evening in Singapore, morning in New York: hours that have begun anywhere are shown.
    const now = "2025-06-10T13:45:00Z";
    const today = await read(now);
    expect(today).toHaveLength(22);
    const summary = await readDashboardSummary(at(now, reach), { date: "2025-06-10" });
    expect(today.at(-1)).toMatchObject(summary.occupancy);
  });

  it("counts the bays of the date and within reach alone", async () => {
    const { facility, zone, devices } = await makeEstate(database.sql, "UTC", 1);
    const other = await makeZone(database.sql, { facilityId: facility.id });
    await makeDevice(database.sql, { zoneId: other.id });
    const retiredAt = new Date("2025-03-02T12:00:00Z");
    await makeDevice(database.sql, { zoneId: zone.id, retiredAt });
    await park(database.sql, [devices[0], "2025-03-01T10:00:00Z", true]);
    const total = async (query: Query, reach?: Reach) =>
      (await readOccupancyByHour(at("2026-01-01T00:00:00Z", reach), query)).hours[0]?.total;
    const date = "2025-03-02";
    expect(await total({ date, facilityId: facility.id })).toBe(2);
    expect(await total({ date: "2025-03-01", facilityId: facility.id })).toBe(3);
    expect(await total({ date, zoneId: other.id })).toBe(1);
    expect(await total({ date }, { kind: "zone", id: zone.id })).toBe(1);
    const elsewhere = await makeFacility(database.sql);
    expect(await total({ date }, { kind: "facilities", ids: [elsewhere.id] })).toBe(0);
    await expect(total({ date }, { kind: "device", id: devices[0].id })).rejects.toThrow(
      "your access",
    );
  });
});

describe("the week before", () => {
  it("of a day that is over is that whole date", async () => {
    const { facility, devices } = await makeEstate(database.sql, "Asia/Shanghai", 3);
    await park(database.sql, ...busyDays(devices, "2025-06-02T00:00:00Z"));
    const query = { date: "2025-06-10", facilityId: facility.id };
    const before = await readWeekBefore(at("2025-07-01T00:00:00Z"), query);
    const summary = await readDashboardSummary(at("2025-07-01T00:00:00Z"), {
      ...query,
      date: "2025-06-03",
    });
    expect(before.total_parking_events).toBeGreaterThan(0);
    expect({ ...summary, up_to_now: false }).toMatchObject(before);
  });

  it("of today goes up to the time of day that it is now, as a walk through the raw rows says", async () => {
    const { sql } = database;
    const { facility, zone, devices } = await makeEstate(sql, "America/New_York", 3);
    await park(sql, ...busyDays(devices, "2025-06-02T00:00:00Z"));
    // 10:20 in the morning of the 10th there; a week before that is 14:20 in UTC.
    const until = "2025-06-03T14:20:00Z";
    const midnight = "2025-06-03T04:00:00Z";
    await report(sql, [devices[1], "2025-06-03T14:19:59Z"], [devices[1], "2025-06-03T20:00:00Z"]);
    await makeAlert(sql, devices[0], "2025-06-03T14:19:59Z");
    await makeAlert(sql, devices[0], until, { type: "invalid_data" });
    await sql`insert into targets (zone_id, date, target_value) values (${zone.id}, '2025-06-03', 1000)`;
    const before = await readWeekBefore(at("2025-06-10T14:20:00Z"), {
      ...{ date: "2025-06-10", facilityId: facility.id },
    });
    const [raw] = await sql<[{ events: number; active: number }]>`
      select count(*)::int as events, count(distinct device_id)::int as active
      from parking_logs l join devices d on d.id = l.device_id
      where d.zone_id = ${zone.id} and l.timestamp >= ${midnight} and l.timestamp < ${until}`;
    expect(before).toMatchObject({
      ...{ date: "2025-06-03", up_to_now: true, total_parking_events: raw.events },
      ...{ alerts_triggered: 1, active_devices_count: 3 },
      efficiency_pct: Math.round((raw.events / 1000) * 10_000) / 100,
    });
    expect(raw.events).toBeGreaterThan(20);
    expect(before.hourly_usage.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(
      raw.events,
    );
    const { occupied, free } = before.occupancy;
    const [o, f] = (await rawStates(sql, zone.id, until)).split("/").map(Number);
    expect([occupied, free]).toEqual([o, f]);
  });

  it("of a time that the clock skipped or has come twice lies within its date", async () => {
    const { facility, devices } = await makeEstate(database.sql, "Europe/Vienna", 1);
    await park(
      database.sql,
      [devices[0], "2025-03-30T00:30:00Z", true],
      [devices[0], "2025-03-30T01:30:00Z", false],
    );
    // 02:30 on 6 April; on 30 March that time was skipped: 01:59:59 was followed by 03:00:00.
    const before = await readWeekBefore(at("2025-04-06T00:30:00Z"), {
      ...{ date: "2025-04-06", facilityId: facility.id },
    });
    expect(before).toMatchObject({ date: "2025-03-30", up_to_now: true, total_parking_events: 1 });
  });

  it("goes in each time zone as far as the date has come there", async () => {
    const singapore = await makeEstate(database.sql, "Asia/Singapore", 1);
    const newYork = await makeEstate(database.sql, "America/New_York", 1);
    await park(
      database.sql,
      [singapore.devices[0], "2025-06-03T23:30:00+08:00", true],
      [singapore.devices[0], "2025-06-04T01:00:00+08:00", false],
      [newYork.devices[0], "2025-06-02T23:30:00-04:00", false],
      [newYork.devices[0], "2025-06-03T15:59:59-04:00", true],
      [newYork.devices[0], "2025-06-03T16:00:00-04:00", false],
    );
    const reach: Reach = {
      kind: "facilities",
      ids: [singapore.facility.id, newYork.facility.id],
    };
    // Over in Singapore, four in the afternoon in New York.
    const before = await readWeekBefore(at("2025-06-10T20:00:00Z", reach), { date: "2025-06-10" });
    expect(before).toMatchObject({ up_to_now: true, total_parking_events: 2 });
    expect(before.occupancy).toEqual({ occupied: 2, free: 0, unknown: 0, total: 2 });
  });

  it("counts a device as active from telemetry in time alone", async () => {
    const { facility, devices } = await makeEstate(database.sql, "UTC", 3);
    await report(
      database.sql,
      [devices[0], "2025-06-03T08:00:00Z"],
      [devices[1], "2025-06-03T08:00:00Z"],
      [devices[1], "2025-06-03T18:00:00Z"],
      [devices[2], "2025-06-03T18:00:00Z"],
    );
    const active = async (now: string) =>
      (await readWeekBefore(at(now), { date: "2025-06-10", facilityId: facility.id }))
        .active_devices_count;
    expect(await active("2025-06-10T12:00:00Z")).toBe(2);
    expect(await active("2025-06-10T08:00:00Z")).toBe(0);
    expect(await active("2025-06-11T00:00:00Z")).toBe(3);
  });
});
