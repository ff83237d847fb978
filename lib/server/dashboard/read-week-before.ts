import { sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { requireBreadth } from "@/lib/domain/access/reach";
import { efficiencyPct } from "@/lib/domain/occupancy/efficiency";
import type { Occupancy } from "@/lib/domain/occupancy/occupancy";
import { addDays } from "@/lib/domain/values/dates";
import type { LocalDate } from "@/lib/domain/values/fields";
import type { Context } from "@/lib/server/context";
import { countBays, readBayHistories } from "./bay-histories";
import type { Bay } from "./bay-of-row";
import { readSameTimeOn, type ZoneDay } from "./day-moments";
import { type HourlyUsage, readHourlyUsage } from "./hourly-usage";
import { type DayScope, zonesInScope } from "./place-days";
import {
  type DashboardQuery,
  type DashboardSummary,
  readDashboardSummary,
} from "./read-dashboard-summary";
import { allTogether, readTargetRows, type TargetRow } from "./target-figures";

/** What a date's figures are compared with: the same figures of the same weekday a week before. */
export type WeekBefore = {
  date: LocalDate;
  /** Whether they go up to the time of day that it is now, as the day compared is not over. */
  up_to_now: boolean;
  total_parking_events: number;
  occupancy: Occupancy;
  active_devices_count: number;
  alerts_triggered: number;
  efficiency_pct: number | null;
  /** Of that whole date. */
  hourly_usage: HourlyUsage[];
};

/**
 * The figures of the same weekday a week before a date. While the date is not over in every place,
 * they go up to the time of day that it is now there, as a morning does not compare with a day.
 * @throws Problem 403 for who reaches a single device: these are figures of zones
 */
export async function readWeekBefore(context: Context, query: DashboardQuery): Promise<WeekBefore> {
  const { db, actor, now } = context;
  requireBreadth(actor.reach, "zone");
  const date = addDays(query.date, -7);
  const scope = { ...query, date, now, reach: actor.reach };
  const days = await readSameTimeOn(db, scope, query.date);
  if (days.every((day) => day.until === day.day_end)) {
    return wholeDay(await readDashboardSummary(context, { ...query, date }));
  }
  return db.transaction((tx) => figuresUpTo(tx, scope, days), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

function wholeDay(summary: DashboardSummary): WeekBefore {
  const { date, total_parking_events, occupancy, active_devices_count } = summary;
  const { alerts_triggered, efficiency_pct, hourly_usage } = summary;
  return {
    ...{ date, up_to_now: false, total_parking_events, occupancy, active_devices_count },
    ...{ alerts_triggered, efficiency_pct, hourly_usage },
  };
}

async function figuresUpTo(db: Connection, scope: DayScope, days: ZoneDay[]): Promise<WeekBefore> {
  const bays = await readBayHistories(db, scope, days);
  const targets = withActual(await readTargetRows(db, scope), bays);
  return {
    date: scope.date,
    up_to_now: true,
    total_parking_events: bays.reduce((sum, bay) => sum + bay.events, 0),
    occupancy: countBays(bays, days)[0]!,
    active_devices_count: bays.filter((bay) => bay.isActive).length,
    alerts_triggered: await countAlerts(db, scope, days),
    efficiency_pct: targets && efficiencyPct(targets.actual, targets.target),
    hourly_usage: await readHourlyUsage(db, scope),
  };
}

/** The targets of the whole date with the events that had come by then. */
function withActual(rows: TargetRow[], bays: Bay[]) {
  const ofDevices = new Map(bays.map((bay) => [bay.deviceId, bay.events]));
  const ofZones = new Map<number, number>();
  for (const bay of bays) ofZones.set(bay.zoneId, (ofZones.get(bay.zoneId) ?? 0) + bay.events);
  return allTogether(
    rows.map((row) => {
      const events =
        row.device_id === null ? ofZones.get(row.zone_id) : ofDevices.get(row.device_id);
      return { ...row, actual: events ?? 0 };
    }),
  );
}

async function countAlerts(db: Connection, scope: DayScope, days: ZoneDay[]): Promise<number> {
  const iso = (at: number) => new Date(at).toISOString();
  const spans = days.map(
    (day) =>
      sql`(${day.time_zone}::varchar, ${iso(day.day_start)}::timestamptz, ${iso(day.until)}::timestamptz)`,
  );
  const [row] = await db.execute<{ count: number }>(sql`
    with span(time_zone, starts, ends) as (values ${sql.join(spans, sql`, `)})
    select count(*)::int as count
    from alerts a
    join devices d on d.id = a.device_id join zones z on z.id = d.zone_id
    join facilities f on f.id = z.facility_id join span s on s.time_zone = f.time_zone
    where a.created_at >= (select min(starts) from span)
      and a.created_at < (select max(ends) from span)
      and a.created_at >= s.starts and a.created_at < s.ends
      and (a.created_at at time zone s.time_zone)::date = ${scope.date}::date
      and ${zonesInScope(scope)}`);
  return row?.count ?? 0;
}
