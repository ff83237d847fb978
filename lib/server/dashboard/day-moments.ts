import { sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import type { LocalDate } from "@/lib/domain/values/fields";
import { epochMs } from "@/lib/server/sql";
import { onlyTimeZone } from "./hourly-usage";
import { localHours } from "./local-hours";
import { type DayScope, placeDays } from "./place-days";

/** A date as it lies in one time zone, and what is asked about it. Milliseconds since 1970. */
export type ZoneDay = {
  time_zone: string;
  day_start: number;
  day_end: number;
  /** When the state of bays is asked for, ascending. */
  moments: number[];
  /** What came from here on is left out. */
  until: number;
  /** Whether instants between start and end bear another date (see `placeDays`). */
  is_mixed: boolean;
  /** Whether the last moment is now, for which the newest state counts whatever its time. */
  is_open: boolean;
};

/** The hours of a date that have begun, and for each time zone the moment at which each one ends. */
export type HourMoments = { hours: string[]; days: ZoneDay[] };

/**
 * The ends of the hours of a date, now for the one that is under way: the hours are those of
 * `hourly_usage`. With several time zones in scope a place in which an hour is still to come has
 * now as its end.
 */
export async function readHourMoments(db: Connection, scope: DayScope): Promise<HourMoments> {
  const only = await onlyTimeZone(db, scope);
  const rows = await db.execute<
    Omit<ZoneDay, "moments" | "until"> & { hour: string; moment: number; has_begun: boolean }
  >(sql`
    with ${placeDays(scope)}, day as (
      select distinct time_zone, day_start, day_end, as_of, is_over, is_mixed from place
      where day_start is not null and ${only === null ? sql`true` : sql`time_zone = ${only}`}
    ), hours as (${only === null ? wallClockHours(scope.date) : localHours(scope.date)})
    select day.time_zone, h.label as hour, h.starts < day.as_of as has_begun,
           not day.is_over as is_open, day.is_mixed,
           ${epochMs("day.day_start")} as day_start, ${epochMs(sql`day.day_end`)} as day_end,
           ${epochMs(sql`least(h.ends, day.as_of)`)} as moment
    from day join hours h on h.time_zone = day.time_zone
    order by day.time_zone, h.starts, h.label`);
  const begun = new Set([...rows].filter((row) => row.has_begun).map((row) => row.hour));
  const days = new Map<string, ZoneDay>();
  for (const { hour, moment, has_begun: _, ...day } of rows) {
    if (!begun.has(hour)) continue;
    const known = days.get(day.time_zone) ?? { ...day, moments: [], until: day.day_end };
    known.moments.push(moment);
    days.set(day.time_zone, known);
  }
  // Of one time zone they are in order already, also where an hour comes twice.
  const hours = only === null ? [...begun].sort() : [...begun];
  return { hours, days: [...days.values()] };
}

/**
 * A date in each time zone in scope up to the time of day that it is now on another date: to its
 * end where that other date is over, to its beginning where it is still to come.
 */
export async function readSameTimeOn(
  db: Connection,
  scope: DayScope,
  other: LocalDate,
): Promise<ZoneDay[]> {
  const now = sql`(${scope.now.toISOString()}::timestamptz at time zone time_zone)`;
  const rows = await db.execute<Omit<ZoneDay, "moments" | "is_open">>(sql`
    with ${placeDays(scope)}
    select distinct time_zone, is_mixed,
           ${epochMs(sql`day_start`)} as day_start, ${epochMs(sql`day_end`)} as day_end,
           ${epochMs(sql`case
             when ${now}::date > ${other}::date then day_end
             when ${now}::date < ${other}::date then day_start
             else greatest(day_start, least(day_end,
               (${scope.date}::date + ${now}::time) at time zone time_zone)) end`)} as until
    from place where day_start is not null`);
  return [...rows].map((day) => ({ ...day, moments: [day.until], is_open: false }));
}

/**
 * The hours of the clock on each wall, as `localHours` for time zones that differ. An hour that the
 * clock jumps over or shows twice lies within the date all the same; the last one ends with it.
 */
const wallClockHours = (date: LocalDate) => sql`
  select day.time_zone, greatest(w.starts at time zone day.time_zone, day.day_start) as starts,
         case when w.starts::time = '23:00' then day.day_end else
           least(greatest((w.starts + interval '1 hour') at time zone day.time_zone, day.day_start),
                 day.day_end) end as ends,
         to_char(w.starts, 'YYYY-MM-DD"T"HH24:MI:SS') as label
  from day cross join generate_series(${date}::date::timestamp, ${date}::date + interval '23 hours',
    interval '1 hour') as w(starts)`;
