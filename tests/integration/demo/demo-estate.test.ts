import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { addDays } from "@/lib/domain/values/dates";
import { checkOffline } from "@/lib/server/alerts/check-offline";
import { readAlert, readAlerts } from "@/lib/server/alerts/read-alerts";
import { readDashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import { readOccupancyByHour } from "@/lib/server/dashboard/read-occupancy-by-hour";
import { DEMO_FACILITIES } from "@/lib/server/demo/demo-places";
import { areInForce, type Credentials, demoActor, makeDemoUser } from "@/lib/server/demo/demo-user";
import { findDemo } from "@/lib/server/demo/find-demo";
import { dayKind } from "@/lib/server/demo/local-days";
import { makeDemoEstate } from "@/lib/server/demo/make-demo-estate";
import { topUpDemo } from "@/lib/server/demo/top-up-demo";
import { readUsage } from "@/lib/server/reports/read-usage";
import { rebuildRollups } from "@/lib/server/rollups/rebuild-rollups";
import { contradictions } from "../../support/consistency";
import { type EmptyEstate, emptyEstate } from "../../support/empty-estate";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** A Wednesday, so that every kind of day lies behind; the clocks of New York and Vienna changed. */
const NOW = Date.parse("2025-11-12T09:30:00Z");
const NOTHING = { device_state: 0, telemetry_days: 0, parking_days: 0, zone_hours: 0 };

/** Lets the demo be made, or brought up to date, as if it were that time. */
async function liveThrough(
  { sql, context }: EmptyEstate,
  now: number,
  work: typeof makeDemoEstate,
) {
  const actor = await demoActor(context(now));
  await work({ ...context(now), actor }, { sql, clock: () => now });
}

describe("the demo estate", () => {
  let estate: EmptyEstate;
  let credentials: Credentials | null;
  beforeAll(async () => {
    estate = await emptyEstate();
    credentials = await makeDemoUser(estate.context(NOW));
    await liveThrough(estate, NOW, makeDemoEstate);
  });
  afterAll(() => estate?.drop());

  const summaryOf = (code: string, date: string) =>
    estate.sql<{ id: number }[]>`select id from facilities where code = ${code}`.then(([row]) =>
      readDashboardSummary(estate.context(NOW), { date, facilityId: row!.id }),
    );

  test("is three facilities in three time zones with 300 bays, of which none was made twice", async () => {
    const rows = await estate.sql`
      select f.time_zone, count(distinct z.id)::int as zones, count(*)::int as bays
      from facilities f join zones z on z.facility_id = f.id join devices d on d.zone_id = z.id
      group by f.id order by f.code`;
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { time_zone: "America/New_York", zones: 3, bays: 116 },
      { time_zone: "Europe/Vienna", zones: 3, bays: 112 },
      { time_zone: "Asia/Tokyo", zones: 3, bays: 72 },
    ]);
    expect(await findDemo(estate.context(NOW))).toEqual({ kind: "made" });
  });

  test("agrees with itself: rollups, state and raw rows, and a rebuild changes nothing", async () => {
    expect(await contradictions(estate.sql)).toEqual([]);
    expect(await rebuildRollups(estate.context(NOW))).toEqual(NOTHING);
  });

  test.each(DEMO_FACILITIES)(
    "$code: the dashboard of every day agrees with the report",
    async ({ code }) => {
      const [facility] = await estate.sql`select id from facilities where code = ${code}`;
      const range = { from: "2025-10-16", to: "2025-11-12", facilityId: facility!.id };
      const perDay = new Map<string, number>();
      for await (const rows of readUsage(estate.context(NOW), range)) {
        for (const { date } of rows) perDay.set(date, (perDay.get(date) ?? 0) + 1);
      }
      for (let date = "2025-10-16"; date <= "2025-11-12"; date = addDays(date, 1)) {
        const summary = await summaryOf(code, date);
        expect(summary.total_parking_events).toBe(perDay.get(date) ?? 0);
        expect(summary.target_actual_comparison?.target).toBeGreaterThan(0);
        // At every hour all are known but those that were silent then, one a track.
        const { hours: states } = await readOccupancyByHour(estate.context(NOW), {
          ...{ date, facilityId: facility!.id },
        });
        const unknown = states.slice(date === "2025-10-16" ? 12 : 0).map((hour) => hour.unknown);
        expect(Math.max(...unknown)).toBeLessThanOrEqual(3);
        // Each has its own clock, and on each date it is hours apart from the others'.
        const hours = summary.hourly_usage.reduce((sum, { count }) => sum + count, 0);
        expect(hours).toBe(summary.total_parking_events);
      }
    },
  );

  test("offices and the station have their peaks at their own mornings and evenings", async () => {
    for (const code of ["OFFICE-VIE", "STATION-TYO"]) {
      const { hourly_usage: hours } = await summaryOf(code, "2025-11-11");
      const most = (from: number, to: number) =>
        Math.max(...hours.slice(from, to + 1).map(({ count }) => count));
      expect(most(7, 9)).toBeGreaterThan(1.5 * most(12, 13));
      expect(most(16, 19)).toBeGreaterThan(1.5 * most(12, 13));
    }
  });

  test("weekends differ: offices are empty, the mall is fullest on Saturday", async () => {
    const eventsOn = async (code: string, kind: string) => {
      const dates = Array.from({ length: 21 }, (_, day) => addDays("2025-10-19", day));
      const days = dates.filter((date) => dayKind(date) === kind);
      const events = await Promise.all(days.map((date) => summaryOf(code, date)));
      return events.reduce((sum, one) => sum + one.total_parking_events, 0) / days.length;
    };
    expect(await eventsOn("OFFICE-VIE", "saturday")).toBeLessThan(
      (await eventsOn("OFFICE-VIE", "weekday")) / 3,
    );
    const saturday = await eventsOn("MALL-NYC", "saturday");
    expect(saturday).toBeGreaterThan(await eventsOn("MALL-NYC", "weekday"));
    expect(saturday).toBeGreaterThan(await eventsOn("MALL-NYC", "sunday"));
  });

  test("alerts of every type were raised, acknowledged and resolved, each in this order", async () => {
    const { rows } = await readAlerts(estate.context(NOW), {});
    const resolved = rows.filter((row) => row.resolved_at !== null);
    for (const type of ["offline", "high_power", "invalid_data"]) {
      const ofType = resolved.filter((row) => row.alert_type === type);
      expect(ofType.length).toBeGreaterThan(5);
      expect(ofType.some((row) => row.acknowledged_at !== null)).toBe(true);
      expect(ofType.some((row) => row.acknowledged_at === null)).toBe(true);
    }
    for (const { id } of rows) {
      const { timeline, created_at: createdAt } = await readAlert(estate.context(NOW), id);
      expect(timeline[0]).toMatchObject({ kind: "raised", at: createdAt });
      expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).sort());
    }
    const days = new Set(rows.map((row) => row.created_at.slice(0, 10)));
    expect(days.size).toBeGreaterThan(20);
  });

  test("some devices are silent now and some draw too much, and a check finds nothing else", async () => {
    const live = await readAlerts(estate.context(NOW), {});
    const unresolved = live.rows.filter((row) => row.resolved_at === null);
    const types = unresolved.map((row) => row.alert_type);
    expect(types.filter((type) => type === "offline")).toHaveLength(3);
    expect(types.filter((type) => type === "high_power").length).toBeGreaterThan(1);
    const open = unresolved.filter((row) => row.acknowledged_at === null);
    expect(open.length).toBeGreaterThan(2);
    expect(unresolved.length - open.length).toBe(1);
    const check = await checkOffline(estate.context(NOW + 60_000));
    expect(check).toMatchObject({ checked: 300, raised: 0, resolved: 0 });
  });

  test("no bay seems offline in its history but while it was: each reports within its allowed silence", async () => {
    const [gaps] = await estate.sql`
      select count(*)::int as unexplained from (
        select device_id, timestamp as till, lag(timestamp) over (
          partition by device_id order by timestamp) as since
        from telemetry) t
      join device_state s using (device_id) join zones z on z.id = s.zone_id
      join facilities f on f.id = z.facility_id
      where till - since > make_interval(secs => f.offline_after_seconds)
        and not exists (select from alerts a where a.device_id = t.device_id
          and a.alert_type = 'offline' and a.created_at between since and till)`;
    expect(gaps).toEqual({ unexplained: 0 });
  });

  test("charts have readings: every bay often on the last day, now and then before", async () => {
    const [least] = await estate.sql`
      select min(last_day)::int as last_day, min(before)::int as before from (
        select count(*) filter (where timestamp > ${new Date(NOW - 86_400_000)}) as last_day,
               count(*) filter (where timestamp < ${new Date(NOW - 7 * 86_400_000)}) as before
        from telemetry join device_state s using (device_id)
        where not 'offline' = any(s.live_alerts) group by device_id) counts`;
    // A bay that was silent for a day has few; most have a reading every five minutes.
    expect(least!.last_day).toBeGreaterThan(20);
    expect(least!.before).toBeGreaterThan(100);
    const [usual] = await estate.sql`
      select count(*)::int as n from telemetry where timestamp > ${new Date(NOW - 86_400_000)}`;
    expect(usual!.n).toBeGreaterThan(290 * 95);
  });

  test("health has a course: full, less while something is wrong, full again", async () => {
    const [course] = await estate.sql`
      select array_agg(health_score order by at) as scores from health_snapshots h
      join alerts a using (device_id) where a.alert_type = 'offline' and a.resolved_at is not null
      group by device_id order by device_id limit 1`;
    expect(course!.scores[0]).toBe(100);
    expect(Math.min(...course!.scores)).toBe(60);
  });

  test("the audit log tells all of it in order of time, and that it is a demo", async () => {
    const rows = await estate.sql`select at, action, actor_name from audit_log order by id`;
    const inDemo = rows.filter((row) => row.action !== "user.created");
    const times = inDemo.map((row) => (row.at as Date).getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(inDemo.at(0)).toMatchObject({ action: "demo.begun" });
    expect(inDemo.at(-1)).toMatchObject({ action: "demo.made" });
    const names = new Set(inDemo.map((row) => row.actor_name));
    expect(names).toEqual(new Set(["admin@demo.example"]));
  });

  test("there is no default password: each is made at random, and only for a database without users", async () => {
    expect(credentials?.password).toMatch(/^[\w-]{16}$/);
    expect(await areInForce(estate.context(NOW), credentials!)).toBe(true);
    const wrong = { ...credentials!, password: "demo" };
    expect(await areInForce(estate.context(NOW), wrong)).toBe(false);
    expect(await makeDemoUser(estate.context(NOW))).toBeNull();
    const other = await emptyEstate();
    try {
      expect((await makeDemoUser(other.context(NOW)))!.password).not.toBe(credentials!.password);
    } finally {
      await other.drop();
    }
  });

  test("after a day without it the gap is told: events, readings and targets, but alerts only from now on", async () => {
    const before = new Set((await readAlerts(estate.context(NOW), {})).rows.map(({ id }) => id));
    const tomorrow = NOW + 26 * 3_600_000;
    await liveThrough(estate, tomorrow, topUpDemo);
    expect(await contradictions(estate.sql)).toEqual([]);
    const { rows } = await readAlerts(estate.context(tomorrow), {});
    // No one watched: only what is wrong at the moment of the start is raised.
    for (const alert of rows.filter(({ id }) => !before.has(id))) {
      expect(alert).toMatchObject({ created_at: new Date(tomorrow).toISOString() });
    }
    for (const { code, time_zone: timeZone } of DEMO_FACILITIES) {
      const [row] = await estate.sql`
        select count(*)::int as repeated,
               (select count(*)::int from parking_logs p join device_state s using (device_id)
                where s.time_zone = ${timeZone} and p.timestamp > ${new Date(NOW)}) as events,
               (select max(date)::text from targets t join zones z on z.id = t.zone_id
                join facilities f on f.id = z.facility_id where f.code = ${code}) as last_target
        from (select p.is_occupied, lag(p.is_occupied) over (partition by device_id order by p.timestamp) as before
              from parking_logs p join device_state s using (device_id)
              where s.time_zone = ${timeZone}) logs
        where is_occupied = before`;
      expect(row).toMatchObject({ repeated: 0, last_target: "2025-11-20" });
      expect(row!.events).toBeGreaterThan(200);
    }
    const check = await checkOffline(estate.context(tomorrow + 60_000));
    // Bays that fell silent meanwhile are found by the next check; at most one a track.
    expect(check.raised).toBeLessThanOrEqual(3);
  });
});
