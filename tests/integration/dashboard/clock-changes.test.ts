import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as summary from "@/app/api/dashboard/summary/route";
import * as parkingLogBulk from "@/app/api/parking-log/bulk/route";
import * as parkingLog from "@/app/api/parking-log/route";
import * as usage from "@/app/api/reports/usage/route";
import * as telemetryBulk from "@/app/api/telemetry/bulk/route";
import { addDays } from "@/lib/domain/values/dates";
import { SYSTEM } from "@/lib/server/context";
import type { DashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import { readOccupancyByHour } from "@/lib/server/dashboard/read-occupancy-by-hour";
import { resolveRange } from "@/lib/server/devices/resolve-range";
import { updateFacility } from "@/lib/server/facilities/update-facility";
import { readUsageOverview } from "@/lib/server/reports/read-usage-overview";
import type { UsageRow } from "@/lib/server/reports/usage-row";
import { rebuildRollups } from "@/lib/server/rollups/rebuild-rollups";
import { runtime } from "@/lib/server/runtime";
import { type ClockChange, findClockChanges, withOddDates } from "@/tests/support/clock-changes";
import { contradictions } from "@/tests/support/consistency";
import type { Device } from "@/tests/support/factories";
import { makeEstate } from "@/tests/support/history";
import { parkingLog as logOf, reading } from "@/tests/support/messages";
import { callRoutes, startRuntime } from "@/tests/support/routes";

const NOTHING = { device_state: 0, telemetry_days: 0, parking_days: 0, zone_hours: 0 };

const api = callRoutes({
  "/api/dashboard/summary": summary,
  "/api/parking-log/bulk": parkingLogBulk,
  "/api/parking-log": parkingLog,
  "/api/reports/usage": usage,
  "/api/telemetry/bulk": telemetryBulk,
});
const context = () => ({ db: runtime().db, actor: SYSTEM, now: new Date() });

type Estate = Awaited<ReturnType<typeof makeEstate>>;
let database: Awaited<ReturnType<typeof startRuntime>>;
let changes: ClockChange[];
/** The changes at which a date comes back or is missing, and a facility that lives through them. */
let odd: ClockChange[];
const estates = new Map<string, Estate>();

beforeAll(async () => {
  database = await startRuntime();
  changes = await findClockChanges(database.sql);
  odd = withOddDates(changes);
  for (const timeZone of new Set(odd.map((change) => change.time_zone))) {
    estates.set(timeZone, await makeEstate(database.sql, timeZone, 3));
  }
});
afterAll(() => database.stop());

const after = (change: ClockChange, seconds: number) =>
  new Date(Date.parse(change.at) + seconds * 1000).toISOString();

/** The dates around a change, by a calendar. */
function datesAround({ before, after: then }: ClockChange): string[] {
  const [first, last] = [before.slice(0, 10), then.slice(0, 10)].sort() as [string, string];
  const dates = [addDays(first, -1)];
  while (dates.at(-1)! < addDays(last, 1)) dates.push(addDays(dates.at(-1)!, 1));
  return dates;
}

/** Seconds from the change: every 37 minutes for a day around it, and close to it. */
const MOMENTS = [
  ...Array.from({ length: 80 }, (_, n) => (n - 40) * 37 * 60),
  ...[-7201, -3601, -3600, -61, -60, -31, -1, 1, 29, 60, 3539, 3540, 3599, 3600, 7200, 10800],
].sort((a, b) => a - b);

/** What became of the messages around a change, sent in small bulks, one by one, and late. */
async function sendAround(change: ClockChange, [one, two, three]: Device[]) {
  const logs = MOMENTS.map((seconds, n) =>
    logOf((n % 2 ? one! : two!).code, after(change, seconds), n % 3 === 0),
  );
  const bulks: Promise<{ status: number; body: unknown }>[] = [];
  for (let n = 0; n < logs.length; n += 6) {
    bulks.push(api.post("/api/parking-log/bulk", logs.slice(n, n + 6)));
  }
  const readings = MOMENTS.map((seconds) => reading(one!.code, after(change, seconds)));
  const late = [60, -30, 0].map((seconds) => reading(two!.code, after(change, seconds)));
  return Promise.all([
    ...bulks,
    ...[-30, 30].map((seconds) =>
      api.post("/api/parking-log", logOf(three!.code, after(change, seconds))),
    ),
    api.post("/api/telemetry/bulk", readings),
    (async () => {
      for (const message of late) await api.post("/api/telemetry/bulk", [message]);
      return { status: 201, body: null };
    })(),
  ]);
}

async function daySummary(date: string, facilityId?: number): Promise<DashboardSummary> {
  const place = facilityId === undefined ? "" : `&facility=${facilityId}`;
  const { status, body } = await api.get(`/api/dashboard/summary?date=${date}${place}`);
  expect(status).toBe(200);
  return body;
}

async function exported(from: string, to: string, facilityId: number): Promise<UsageRow[]> {
  const range = `date_from=${from}&date_to=${to}&facility=${facilityId}`;
  const { status, body } = await api.get(`/api/reports/usage?${range}&format=json`);
  expect(status).toBe(200);
  return body;
}

const eventsOf = (hours: DashboardSummary["hourly_usage"]) =>
  hours.reduce((total, { count }) => total + count, 0);
const byTime = (a: UsageRow, b: UsageRow) =>
  Date.parse(a.timestamp) - Date.parse(b.timestamp) || (a.device_code < b.device_code ? -1 : 1);

/** The date of an instant by the clock of the runtime, which knows time zones by itself. */
function dateOn(timeZone: string, iso: string): string {
  const clock =
    clocks.get(timeZone) ?? new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  clocks.set(timeZone, clock);
  return clock.format(new Date(iso));
}
const clocks = new Map<string, Intl.DateTimeFormat>();

/** The file of one date, every row of which bears it, once the figures of the date agree with it. */
async function expectAgreement(change: ClockChange, date: string, facilityId: number) {
  const [file, day, overview] = await Promise.all([
    exported(date, date, facilityId),
    daySummary(date, facilityId),
    readUsageOverview(context(), { from: date, to: date, facilityId }, 5),
  ]);
  for (const row of file) {
    expect(row).toMatchObject({ date, timestamp: expect.stringMatching(`^${date}`) });
    expect(dateOn(change.time_zone, row.timestamp)).toBe(date);
  }
  const labels = day.hourly_usage.map(({ hour }) => hour);
  const counts = [day.total_parking_events, eventsOf(day.hourly_usage), overview.events];
  expect({ date, change, counts }).toEqual({ date, change, counts: counts.map(() => file.length) });
  for (const label of labels) expect(label.slice(0, 10)).toBe(date);
  const instants = labels.map((label) => Date.parse(label));
  expect(instants).toEqual([...new Set(instants)].sort((a, b) => a - b));
  return file;
}

test("the dates that come back or are missing are found", () => {
  const found = odd.map(({ time_zone, at }) => `${time_zone} ${at.slice(0, 10)}`);
  expect(found).toContain("America/St_Johns 2004-10-31");
  expect(found).toContain("Antarctica/Casey 2010-03-04");
  expect(found).toContain("Pacific/Apia 2011-12-30");
  expect(odd.length).toBeGreaterThanOrEqual(25);
});

test("around every change of the clocks a date goes from its first instant to its last", async () => {
  const wrong = await database.sql`
    with day as materialized (
      select distinct c.time_zone, c.at, d.day
      from jsonb_to_recordset(${database.sql.json(changes)})
        as c(time_zone text, at timestamptz, before timestamp, after timestamp),
      lateral (values (before::date), (after::date), (before::date + 1), (after::date - 1)) d(day)
    ), found as materialized (
      select *, local_day_start(day, time_zone) as starts, local_day_end(day, time_zone) as ends
      from day
    ), moment as (
      select f.*, m, (m at time zone time_zone)::date = day as bears_it
      from found f, lateral (
        select at + n * interval '3 hours' as m from generate_series(-17, 17) n
        union all select at + n * interval '1 minute' from (values (-1), (1)) v(n)
        union all select starts union all select starts - interval '1 microsecond'
        union all select ends union all select ends - interval '1 microsecond'
      ) moments
    )
    select time_zone, at, day, starts, ends, count(*) filter (where bears_it) as moments
    from moment group by 1, 2, 3, 4, 5
    having bool_or(bears_it) is distinct from (starts is not null)
      or not bool_and(bears_it) filter (where m = starts or m = ends - interval '1 microsecond')
      or bool_or(bears_it) filter (where m < starts or m >= ends)`;
  expect([...wrong]).toEqual([]);
});

describe("where a date comes back or is missing", () => {
  test("messages around the change are stored", async () => {
    for (const change of odd) {
      const answers = await sendAround(change, estates.get(change.time_zone)!.devices);
      for (const { status, body } of answers) {
        expect({ change, status, body }).toMatchObject({ status: 201 });
        expect((body as { errors?: unknown[] } | null)?.errors ?? []).toEqual([]);
      }
    }
  });

  test("the files of the dates add up to the file of the range, and figures agree with them", async () => {
    for (const change of odd) {
      const { facility } = estates.get(change.time_zone)!;
      const dates = datesAround(change);
      const [range, ...files] = await Promise.all([
        exported(dates[0]!, dates.at(-1)!, facility.id),
        ...dates.map((date) => expectAgreement(change, date, facility.id)),
      ]);
      expect(range).toHaveLength(MOMENTS.length + 2);
      expect(files.flat().sort(byTime)).toEqual(range.sort(byTime));
    }
  });

  test("all facilities together, the hours of a date add up to its events", async () => {
    for (const date of new Set(odd.map((change) => change.before.slice(0, 10)))) {
      const day = await daySummary(date);
      expect(day.hourly_usage).toHaveLength(24);
      expect(eventsOf(day.hourly_usage)).toBe(day.total_parking_events);
    }
  });

  test("occupancy goes through the hours of a date and ends with what the date ended in", async () => {
    const newest = new Map(odd.map((change) => [change.time_zone, change]));
    for (const change of newest.values()) {
      const { facility } = estates.get(change.time_zone)!;
      for (const date of datesAround(change)) {
        const day = await daySummary(date, facility.id);
        const { hours } = await readOccupancyByHour(context(), { date, facilityId: facility.id });
        expect(hours.map(({ hour }) => hour)).toEqual(day.hourly_usage.map(({ hour }) => hour));
        if (hours.length > 0) expect(hours.at(-1)).toMatchObject(day.occupancy);
      }
    }
  });

  test("a date that was skipped is empty, and a range of it says so", async () => {
    const { facility } = estates.get("Pacific/Apia")!;
    const day = await daySummary("2011-12-30", facility.id);
    expect(day).toMatchObject({ total_parking_events: 0, hourly_usage: [] });
    const bound = { date: "2011-12-30" };
    await expect(
      resolveRange(runtime().db, "Pacific/Apia", { from: bound, to: bound }, new Date()),
    ).rejects.toMatchObject({
      options: { errors: { from: ["The clocks of Pacific/Apia skipped this date."] } },
    });
  });

  test("rollups are what the raw rows say, and a rebuild runs to its end and changes nothing", async () => {
    expect(await contradictions(database.sql)).toEqual([]);
    expect(await rebuildRollups(context())).toEqual(NOTHING);
  });

  test("another time zone and back recounts everything to what it was", async () => {
    const rollups = () => database.sql`
      select zone_id, day::text, hour, event_count from zone_hours order by 1, 2, 3`;
    const before = [...(await rollups())];
    for (const timeZone of ["UTC", null]) {
      for (const [own, { facility }] of estates) {
        const change = { time_zone: timeZone ?? own };
        await updateFacility(context(), { id: facility.id, change });
      }
      expect(await contradictions(database.sql)).toEqual([]);
    }
    expect([...(await rollups())]).toEqual(before);
  });
});
