import { sql } from "drizzle-orm";
import { requireBreadth } from "@/lib/domain/access/reach";
import { expectedByNow, shareByNow } from "@/lib/domain/occupancy/expected-by-now";
import { addDays } from "@/lib/domain/values/dates";
import type { Context } from "@/lib/server/context";
import { type DayScope, placeDays, zonesInScope } from "./place-days";
import type { DashboardQuery } from "./read-dashboard-summary";
import { readTargetRows, withoutNested } from "./target-figures";

/** What is expected of the targets of a date by now. */
export type ExpectedByNow = {
  /** The share of each target, 0 to 1, by the id of the target. */
  shares: Record<number, number>;
  /** Events of all targets together; null when there is none. */
  overall: number | null;
};

/** Comparable days: the same weekday of the last weeks. */
const WEEKS = 4;

/**
 * The part of each target that is expected by now, by the clock of its facility: all of it where
 * the date is over, nothing where it is still to come, else by the shape of the same weekday of the
 * last weeks in its zone. A device is measured by the shape of its zone, as it has too few events.
 * @throws Problem 403 for who reaches a single device: these are figures of zones
 */
export async function readExpectedByNow(
  { db, actor, now }: Context,
  query: DashboardQuery,
): Promise<ExpectedByNow> {
  requireBreadth(actor.reach, "zone");
  const scope = { ...query, now, reach: actor.reach };
  const [targets, zones] = await Promise.all([
    readTargetRows(db, scope),
    readDaysSoFar({ db }, scope),
  ]);
  const shareOf = new Map(zones.map((zone) => [zone.zone_id, shareOfZone(zone)]));
  const share = ({ zone_id }: { zone_id: number }) => shareOf.get(zone_id) ?? 0;
  const counted = withoutNested(targets);
  const overall = counted.reduce((sum, row) => sum + expectedByNow(row.target, share(row)), 0);
  return {
    shares: Object.fromEntries(targets.map((row) => [row.target_id, share(row)])),
    overall: counted.length === 0 ? null : overall,
  };
}

type ZoneSoFar = {
  zone_id: number;
  hour_of_day: number;
  /** 0 before the date, 1 after it. */
  passed: number;
  /** Events by hour of the clock; null without any. */
  usual: Record<string, number> | null;
};

function shareOfZone({ hour_of_day, passed, usual }: ZoneSoFar): number {
  if (passed === 0 || passed === 1) return passed;
  const hours = Array.from({ length: 24 }, (_, hour) => usual?.[hour] ?? 0);
  return shareByNow({ usual: hours, hourOfDay: hour_of_day, passed });
}

/** Zones with a target of their own or of a device, from the hours that are rolled up. */
async function readDaysSoFar({ db }: Pick<Context, "db">, scope: DayScope): Promise<ZoneSoFar[]> {
  const now = sql`${scope.now.toISOString()}::timestamptz`;
  const days = Array.from({ length: WEEKS }, (_, n) => addDays(scope.date, -7 * (n + 1)));
  const rows = await db.execute<ZoneSoFar>(sql`
    with ${placeDays(scope)}, aimed as (
      select distinct coalesce(t.zone_id, d.zone_id) as zone_id
      from targets t left join devices d on d.id = t.device_id
      where t.date = ${scope.date}::date
    ), hours as (
      select h.zone_id, extract(hour from h.hour at time zone p.time_zone) as hour,
             sum(h.event_count) as events
      from aimed a join zone_hours h on h.zone_id = a.zone_id
      join zones z on z.id = h.zone_id join place p on p.id = z.facility_id
      where h.day = any(${`{${days}}`}::date[]) and p.day_start <= ${now} and not p.is_over
      group by 1, 2
    )
    select z.id as zone_id,
           (extract(epoch from (${now} at time zone p.time_zone)::time) / 3600)::float8
             as hour_of_day,
           least(1, greatest(0, extract(epoch from ${now} - p.day_start)
             / extract(epoch from p.day_end - p.day_start)))::float8 as passed,
           (select json_object_agg(h.hour::int, h.events) from hours h where h.zone_id = z.id) as usual
    from aimed a join zones z on z.id = a.zone_id join place p on p.id = z.facility_id
    where p.day_start is not null and ${zonesInScope(scope)}`);
  return [...rows];
}
