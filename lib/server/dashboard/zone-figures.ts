import { type SQL, sql } from "drizzle-orm";
import type { LocalDate } from "@/lib/domain/fields";
import type { Occupancy } from "@/lib/domain/occupancy";
import { silentAt } from "@/lib/server/device-state/silence";
import type { Runs } from "@/lib/server/sql";
import { isBayOfDate } from "./bays-of-date";
import { type DayScope, placeDays, zonesInScope } from "./place-days";

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
 * or had never sent a parking log is unknown (lib/domain/bay-state.ts).
 * @returns zones by code that the date has: retired or later ones only where they have its events
 */
export async function readZoneFigures(db: Runs, scope: DayScope): Promise<ZoneFigures[]> {
  const rows = await db.execute<ZoneFigures>(sql`
    with ${placeDays(scope)}, bay as materialized (${baysAtEnd(scope)}), counted as (
      select zone_id, count(*) filter (where last_log_occupied) as occupied_log,
             count(*) filter (where is_active) as active, count(*) filter (where counts) as total,
             count(*) filter (where counts and state) as occupied,
             count(*) filter (where counts and not state) as free
      from bay group by zone_id
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

/** Every device in scope at the end of the date: apart, so that its state is made out once. */
const baysAtEnd = (scope: DayScope) => sql`${baysNow(scope)} union all ${baysThen(scope)}`;

/**
 * Where the date is not over, state rows tell all. Only a message of a clock that is ahead can bear
 * a later date; what its device sent on this one is looked up then.
 */
const baysNow = (scope: DayScope) => sql`
  select d.zone_id, ${sentOnDate("last_parking_log_at", sql`s.is_occupied`, ofLogDay(scope.date))}
           as last_log_occupied,
         ${sentOnDate("last_parking_log_at", sql`true`, sql`${ofLogDay(scope.date)} is not null`)}
           or ${sentOnDate("last_telemetry_at", sql`true`, hasReadingOn(scope.date))} as is_active,
         ${countsAsBay} as counts, ${stateOf} as state
  ${devicesOfPlaces} left join device_state s on s.device_id = d.id
  where ${zonesInScope(scope)} and not p.is_over and not p.is_mixed`;

const baysThen = (scope: DayScope) => sql`
  select d.zone_id, e.is_occupied, e.device_id is not null or r.last_telemetry_at is not null,
         ${countsAsBay}, ${stateOf}
  ${devicesOfPlaces} ${stateAtEnd(scope.date)}
  where ${zonesInScope(scope)} and (p.is_over or p.is_mixed)`;

/** @param newest a column of s: when a message of a kind last came; then `then`, else `otherwise` */
const sentOnDate = (newest: string, then: SQL, otherwise: SQL) => sql`case
  when ${sql.raw(`s.${newest}`)} >= p.day_end then ${otherwise}
  when ${sql.raw(`s.${newest}`)} >= p.day_start then ${then} else false end`;

const ofLogDay = (date: LocalDate) => sql`(
  select e.is_occupied from parking_days e where e.device_id = d.id and e.day = ${date}::date)`;
const hasReadingOn = (date: LocalDate) => sql`exists (
  select from telemetry_days t where t.device_id = d.id and t.day = ${date}::date)`;

/** Whether a message of a device came by the end of the date: s holds the newest of each kind. */
const heard = sql`(s.last_parking_log_at is not null or s.last_telemetry_at is not null)`;
const countsAsBay = isBayOfDate(sql`p.day_end`, heard);
const stateOf = sql`case when not ${silentAt(sql`p.as_of`)} then s.is_occupied end`;

const devicesOfPlaces = sql`
  from place p
  join facilities f on f.id = p.id
  join zones z on z.facility_id = f.id
  join devices d on d.zone_id = z.id`;

/**
 * Joins e and r, a device's parking logs and readings of the date, and s, what was newest of it at
 * `place.as_of`: its state row where no later date has any, else the date's own rollups, else the
 * newest ones before, the only part that costs a look-up for each device. Of a date that is mixed
 * with the one before, either may have the newest; so may either of the last two before a date.
 */
function stateAtEnd(date: LocalDate): SQL {
  return sql`
    left join parking_days e on e.device_id = d.id and e.day = ${date}::date
    left join device_state c on c.device_id = d.id
    left join closed_telemetry_days k on k.device_id = d.id and k.day = ${date}::date
    cross join lateral (
      select greatest(k.last_telemetry_at, case when c.open_day = ${date}::date
                                                then c.open_day_last_at end) as last_telemetry_at
    ) r
    cross join lateral (
      select p.is_over and coalesce(${isLater("c.last_parking_log_at", date)}, false) as logs,
             p.is_over and coalesce(${isLater("c.last_telemetry_at", date)}, false) as readings
    ) newer
    cross join lateral (
      select case when not newer.logs then c.is_occupied
                  when e.device_id is not null and not p.is_mixed then e.is_occupied
                  else coalesce(${logBefore("is_occupied", date)}, e.is_occupied)
             end as is_occupied,
             case when not newer.logs then c.last_parking_log_at
                  when e.device_id is not null and not p.is_mixed then e.last_parking_log_at
                  else coalesce(${logBefore("last_parking_log_at", date)}, e.last_parking_log_at)
             end as last_parking_log_at,
             case when not newer.readings then c.last_telemetry_at
                  when r.last_telemetry_at is not null and not p.is_mixed then r.last_telemetry_at
                  else coalesce(${readingBefore(date)}, r.last_telemetry_at)
             end as last_telemetry_at
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
const isLater = (at: string, date: LocalDate) => sql`case when p.is_mixed
  then (${sql.raw(at)} at time zone p.time_zone)::date > ${date}::date
  else ${sql.raw(at)} >= p.day_end end`;
