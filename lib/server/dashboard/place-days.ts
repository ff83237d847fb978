import { type SQL, sql } from "drizzle-orm";
import type { Reach } from "@/lib/domain/access/reach";
import type { LocalDate } from "@/lib/domain/values/fields";
import { facilityWithin, PLACE, zoneWithin } from "@/lib/server/scope/within-reach";

/** What a day's figures are read for. */
export type DayScope = {
  date: LocalDate;
  now: Date;
  reach: Reach;
  facilityId?: number;
  zoneId?: number;
};

/** Limits zones, named z, to the scope. */
export function zonesInScope({ reach, facilityId, zoneId }: DayScope): SQL {
  const all = [zoneWithin(reach, PLACE)];
  if (facilityId !== undefined) all.push(sql`z.facility_id = ${facilityId}::int`);
  if (zoneId !== undefined) all.push(sql`z.id = ${zoneId}::int`);
  return sql.join(all, sql` and `);
}

/**
 * A table expression `place`: the facilities in scope with the date as it lies there, from the first
 * instant that bears it to the end of the last one. `as_of` is the instant whose state is shown: the
 * end of a date that is over, else now. `day_start` is null where a time zone skipped the date.
 * `is_mixed`: the clock is set back over midnight at one of its ends, so that some instants in
 * between bear the date before or after it (docs/decisions/dates-that-come-back.md).
 */
export function placeDays({ date, now, reach, facilityId, zoneId }: DayScope): SQL {
  const facility = facilityId === undefined ? sql`true` : sql`f.id = ${facilityId}::int`;
  const ofZone =
    zoneId === undefined
      ? sql`true`
      : sql`f.id = (select facility_id from zones where id = ${zoneId}::int)`;
  return sql`place as materialized (
    select f.id, f.time_zone, f.retired_at, f.offline_after_seconds,
           l.day_start, l.day_end, l.is_mixed,
           least(l.day_end, ${now.toISOString()}::timestamptz) as as_of,
           l.day_end <= ${now.toISOString()}::timestamptz as is_over
    from facilities f
    cross join lateral (
      select starts as day_start, coalesce(ends, next_starts) as day_end,
             coalesce(starts < local_day_end(${date}::date - 1, f.time_zone), false)
               or coalesce(next_starts < ends, false) as is_mixed
      from (
        select local_day_start(${date}::date, f.time_zone) as starts,
               local_day_end(${date}::date, f.time_zone) as ends,
               local_day_start(${date}::date + 1, f.time_zone) as next_starts
      ) d
    ) l
    where ${facility} and ${ofZone} and ${facilityWithin(reach, { facility: sql`f.id` })}
  )`;
}

/**
 * Table expressions `place` and `zone`: the zones in scope, each with the date as it lies in its
 * facility and with what its facility says of silence and retirement. What is read of thousands of
 * devices or alerts meets this small table last: a query that meets it first is planned as if each
 * zone had a handful of devices (docs/decisions/reads-of-many-devices.md).
 */
export function zoneDays(scope: DayScope): SQL {
  return sql`${placeDays(scope)}, zone as materialized (
    select z.id, z.retired_at, z.offline_after_seconds, p.retired_at as facility_retired_at,
           p.offline_after_seconds as facility_offline_s,
           p.time_zone, p.day_start, p.day_end, p.as_of, p.is_over, p.is_mixed
    from place p join zones z on z.facility_id = p.id
    where ${zonesInScope(scope)}
  )`;
}

/** Limits devices to the zones of `zone`, before anything is joined with them. */
export const ofTheseZones = sql`zone_id = any(array(select id from zone))`;
