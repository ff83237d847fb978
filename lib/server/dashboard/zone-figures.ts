import { type SQL, sql } from "drizzle-orm";
import type { Occupancy } from "@/lib/domain/occupancy/occupancy";
import type { LocalDate } from "@/lib/domain/values/fields";
import { silentAt } from "@/lib/server/device-state/silence";
import type { Runs } from "@/lib/server/sql";
import { isBayOfDate } from "./bays-of-date";
import { type DayScope, ofTheseZones, zoneDays, zonesInScope } from "./place-days";

/** One zone on one date. */
export type ZoneFigures = Occupancy & {
  zone_id: number;
  zone_code: string;
  facility_id: number;
  /** Parking logs of the date. */
  events: number;
  /** Devices whose latest log of the date says occupied. */
  last_log_occupied: number;
  /** Devices with telemetry or a parking log on the date. */
  active_devices: number;
};

/**
 * The figures of every zone in scope, from rollups and state alone. Occupancy carries over: it is
 * the state at the end of the date, now for a date that is not over; a device that was silent then
 * or had never sent a parking log is unknown (lib/domain/occupancy/bay-state.ts).
 * @returns zones by code that the date has: retired or later ones only where they have its events
 */
export async function readZoneFigures(db: Runs, scope: DayScope): Promise<ZoneFigures[]> {
  const rows = await db.execute<ZoneFigures>(sql`
    with ${zoneDays(scope)}, counted as (
      select zone_id, count(*) filter (where last_log_occupied) as occupied_log,
             count(*) filter (where is_active) as active, count(*) filter (where counts) as total,
             count(*) filter (where counts and state) as occupied,
             count(*) filter (where counts and not state) as free
      from (${baysAtEnd(scope.date)}) bay group by zone_id
    ), happened as (
      select zone_id, sum(event_count) as events from zone_hours
      where day = ${scope.date}::date group by zone_id
    )
    select z.id as zone_id, z.code as zone_code, z.facility_id,
           coalesce(h.events, 0)::int as events, coalesce(c.occupied_log, 0)::int as last_log_occupied,
           coalesce(c.active, 0)::int as active_devices, coalesce(c.occupied, 0)::int as occupied,
           coalesce(c.free, 0)::int as free,
           coalesce(c.total - c.occupied - c.free, 0)::int as unknown,
           coalesce(c.total, 0)::int as total
    from place p join zones z on z.facility_id = p.id left join counted c on c.zone_id = z.id
    left join happened h on h.zone_id = z.id
    where ${zonesInScope(scope)} and (h.events > 0
      or coalesce(least(z.retired_at, p.retired_at) >= p.day_end, true)
        and (z.created_at < p.day_end or c.total > 0))
    order by z.code, z.id`);
  return [...rows];
}

/**
 * Every device in scope at the end of the date. Each `offset 0` keeps the planner from going
 * through the devices zone by zone, or from making out a bay's state once for each count of it.
 */
const baysAtEnd = (date: LocalDate) => sql`
  select d.zone_id, d.log_occupied as last_log_occupied,
         d.has_log or d.reading_at is not null as is_active,
         ${countsAsBay} as counts, ${stateOf} as state
  from (${sentOnDate(date)}) d
  join zone z on z.id = d.zone_id
  cross join lateral (
    select z.facility_retired_at as retired_at, z.facility_offline_s as offline_after_seconds
  ) f
  ${stateAtEnd(date)}
  offset 0`;

/** Devices with their state rows, and what they sent on the date: its last log and newest reading. */
const sentOnDate = (date: LocalDate) => sql`
  select d.*, e.device_id is not null as has_log, e.is_occupied as log_occupied,
         e.last_parking_log_at as log_at,
         greatest(k.last_telemetry_at, case when d.open_day = ${date}::date
                                            then d.open_day_last_at end) as reading_at
  from (
    select d.id, d.zone_id, d.retired_at, d.created_at, d.offline_after_seconds, s.is_occupied,
           s.last_parking_log_at, s.last_telemetry_at, s.open_day, s.open_day_last_at
    from devices d left join device_state s on s.device_id = d.id
    where d.${ofTheseZones} offset 0
  ) d
  left join parking_days e on e.device_id = d.id and e.day = ${date}::date
  left join closed_telemetry_days k on k.device_id = d.id and k.day = ${date}::date
  offset 0`;

/** Whether a message of a device came by the end of the date: s holds the newest of each kind. */
const heard = sql`(s.last_parking_log_at is not null or s.last_telemetry_at is not null)`;
const countsAsBay = isBayOfDate(sql`z.day_end`, heard);
const stateOf = sql`case when not ${silentAt(sql`z.as_of`)} then s.is_occupied end`;

/**
 * Joins s, what was newest of a device at `zone.as_of`: its state row where no later date has any,
 * else the date's own rollups, else the newest ones before, the only part that costs a look-up for
 * each device. Of a date that is mixed with the one before, either may have the newest; so may
 * either of the last two before a date.
 */
function stateAtEnd(date: LocalDate): SQL {
  return sql`
    cross join lateral (
      select z.is_over and coalesce(${isLater("d.last_parking_log_at", date)}, false) as logs,
             z.is_over and coalesce(${isLater("d.last_telemetry_at", date)}, false) as readings
      offset 0
    ) newer
    cross join lateral (
      select case when not newer.logs then d.is_occupied
                  when d.has_log and not z.is_mixed then d.log_occupied
                  else coalesce(${logBefore("is_occupied", date)}, d.log_occupied)
             end as is_occupied,
             case when not newer.logs then d.last_parking_log_at
                  when d.has_log and not z.is_mixed then d.log_at
                  else coalesce(${logBefore("last_parking_log_at", date)}, d.log_at)
             end as last_parking_log_at,
             case when not newer.readings then d.last_telemetry_at
                  when d.reading_at is not null and not z.is_mixed then d.reading_at
                  else coalesce(${readingBefore(date)}, d.reading_at)
             end as last_telemetry_at
      offset 0
    ) s`;
}

/** Of the newest parking log until the date. */
const logBefore = (column: string, date: LocalDate) => sql`(
  select ${sql.raw(column)} from (
    select l.last_parking_log_at, l.last_arrival, l.is_occupied from parking_days l
    where l.device_id = d.id and l.day <= ${date}::date
    order by l.day desc limit 2
  ) l order by l.last_parking_log_at desc, l.last_arrival desc limit 1)`;

/** The newest reading until the date. */
const readingBefore = (date: LocalDate) => sql`(
  select max(t.last_telemetry_at) from (
    select t.last_telemetry_at from closed_telemetry_days t
    where t.device_id = d.id and t.day <= ${date}::date
    order by t.day desc limit 2
  ) t)`;

/** Whether a time lies on a later date than this one, of which it may be before the end. */
const isLater = (at: string, date: LocalDate) => sql`case when z.is_mixed
  then (${sql.raw(at)} at time zone z.time_zone)::date > ${date}::date
  else ${sql.raw(at)} >= z.day_end end`;
