import { sql } from "drizzle-orm";
import type { Runs } from "@/lib/server/sql";
import { localHours } from "./local-hours";
import { type DayScope, placeDays, zonesInScope } from "./place-days";

/** Parking logs of one hour; `hour` is its beginning, ISO 8601 in local time. */
export type HourlyUsage = { hour: string; count: number };

/**
 * The parking logs of every hour of a local date: 23, 24 or 25 when the clocks change, with the
 * offset of each. Where several time zones are in scope there is no one offset: 24 hours of the
 * clock on each wall, without any (docs/decisions/hours-across-time-zones.md).
 */
export async function readHourlyUsage(db: Runs, scope: DayScope): Promise<HourlyUsage[]> {
  const only = await onlyTimeZone(db, scope);
  return only ? readLocalHours(db, scope, only) : readWallClockHours(db, scope);
}

/**
 * The time zone that all facilities in scope lie in, as far as the date concerns them; else null. A
 * facility concerns it from the day of its creation or first message until it is retired, as its
 * bays do (bays-of-date.ts), and wherever it has events.
 */
export async function onlyTimeZone(db: Runs, scope: DayScope): Promise<string | null> {
  const until = sql`day <= ${scope.date}::date`;
  const zones = await db.execute<{ time_zone: string }>(sql`
    with ${placeDays(scope)}
    select distinct p.time_zone from place p join facilities f on f.id = p.id
    where coalesce(f.retired_at >= p.day_end, true) and (f.created_at < p.day_end or exists (
        select from devices d join zones z on z.id = d.zone_id
        where z.facility_id = f.id
          and (exists (select from parking_days e where e.device_id = d.id and e.${until})
            or exists (select from telemetry_days r where r.device_id = d.id and r.${until}))))
      or exists (
        select from zone_hours h join zones z on z.id = h.zone_id
        where z.facility_id = p.id and h.day = ${scope.date}::date)`);
  return zones.length === 1 ? zones[0]!.time_zone : null;
}

async function readLocalHours(db: Runs, scope: DayScope, timeZone: string) {
  const rows = await db.execute<HourlyUsage>(sql`
    with ${placeDays(scope)}, day as (
      select time_zone, day_start, day_end from place where time_zone = ${timeZone} limit 1
    ), hours as (${localHours(scope.date)}), used as (
      select h.hour, sum(h.event_count) as events
      from zone_hours h join zones z on z.id = h.zone_id
      where h.day = ${scope.date}::date and ${zonesInScope(scope)}
      group by h.hour
    )
    select hours.label as hour, coalesce(used.events, 0)::int as count
    from hours left join used on used.hour = hours.starts
    order by hours.starts`);
  return [...rows];
}

async function readWallClockHours(db: Runs, scope: DayScope): Promise<HourlyUsage[]> {
  const rows = await db.execute<{ hour_of_day: number; count: number }>(sql`
    select extract(hour from local_hour_clock(hour, day, time_zone))::int as hour_of_day,
           sum(events)::int as count
    from (
      select h.hour, h.day, f.time_zone, sum(h.event_count) as events
      from zone_hours h join zones z on z.id = h.zone_id join facilities f on f.id = z.facility_id
      where h.day = ${scope.date}::date and ${zonesInScope(scope)}
      group by h.hour, h.day, f.time_zone
    ) used
    group by 1`);
  const counts = new Map([...rows].map((row) => [row.hour_of_day, row.count]));
  return Array.from({ length: 24 }, (_, hour) => ({
    hour: `${scope.date}T${String(hour).padStart(2, "0")}:00:00`,
    count: counts.get(hour) ?? 0,
  }));
}
