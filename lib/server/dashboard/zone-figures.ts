import { type SQL, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import type { LocalDate } from "@/lib/domain/fields";
import type { Occupancy } from "@/lib/domain/occupancy";
import { silentAt } from "@/lib/server/devices/silence";
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
export async function readZoneFigures(db: Connection, scope: DayScope): Promise<ZoneFigures[]> {
  const rows = await db.execute<ZoneFigures>(sql`
    with ${placeDays(scope)}
    select z.id as zone_id, z.code as zone_code, z.facility_id,
           coalesce(sum(e.event_count), 0)::int as events,
           (count(*) filter (where e.is_occupied))::int as last_log_occupied,
           (count(*) filter (where e.device_id is not null or r.device_id is not null))::int
             as active_devices,
           (count(*) filter (where bay.counts and bay.state))::int as occupied,
           (count(*) filter (where bay.counts and not bay.state))::int as free,
           (count(*) filter (where bay.counts and bay.state is null))::int as unknown,
           (count(*) filter (where bay.counts))::int as total
    from place p
    join facilities f on f.id = p.id
    join zones z on z.facility_id = f.id
    left join devices d on d.zone_id = z.id
    ${stateAtEnd(scope.date)}
    cross join lateral (
      select d.id is not null and ${isBayOfDate(sql`p.day_end`, heard)} as counts,
             case when not ${silentAt(sql`p.as_of`)} then s.is_occupied end as state
    ) bay
    where ${zonesInScope(scope)}
    group by z.id, p.day_end, f.retired_at
    having coalesce(least(z.retired_at, f.retired_at) >= p.day_end, true)
             and (z.created_at < p.day_end or bool_or(bay.counts))
        or sum(e.event_count) > 0
    order by z.code, z.id`);
  return [...rows];
}

/** Whether a message of a device came by the end of the date: s holds the newest of each kind. */
const heard = sql`(s.last_parking_log_at is not null or s.last_telemetry_at is not null)`;

/**
 * Joins e and r, a device's parking logs and readings of the date, and s, what was newest of it at
 * `place.as_of`: its state row where no later date has any, else the date's own rollups, else the
 * newest ones before, the only part that costs a look-up for each device. Of a date that is mixed
 * with the one before, either may have the newest; so may either of the last two before a date.
 */
function stateAtEnd(date: LocalDate): SQL {
  return sql`
    left join parking_days e on e.device_id = d.id and e.day = ${date}::date
    left join (
      select device_id, max(last_telemetry_at) as last_telemetry_at
      from telemetry_days where day = ${date}::date group by device_id
    ) r on r.device_id = d.id
    left join device_state c on c.device_id = d.id
    cross join lateral (
      select p.is_over and coalesce(${isLater("c.last_parking_log_at", date)}, false) as logs,
             p.is_over and coalesce(${isLater("c.last_telemetry_at", date)}, false) as readings
    ) newer
    left join lateral (
      select * from (
        select l.last_parking_log_at, l.last_arrival, l.is_occupied from parking_days l
        where newer.logs and (e.device_id is null or p.is_mixed)
          and l.device_id = d.id and l.day <= ${date}::date
        order by l.day desc limit 2
      ) l order by l.last_parking_log_at desc, l.last_arrival desc limit 1
    ) log on true
    left join lateral (
      select max(t.last_telemetry_at) as last_telemetry_at from (
        select t.last_telemetry_at from closed_telemetry_days t
        where newer.readings and (r.device_id is null or p.is_mixed)
          and t.device_id = d.id and t.day <= ${date}::date
        order by t.day desc limit 2
      ) t
    ) reading on true
    cross join lateral (
      select case when newer.logs then coalesce(log.is_occupied, e.is_occupied)
                  else c.is_occupied end as is_occupied,
             case when newer.logs then coalesce(log.last_parking_log_at, e.last_parking_log_at)
                  else c.last_parking_log_at end as last_parking_log_at,
             case when newer.readings then coalesce(reading.last_telemetry_at, r.last_telemetry_at)
                  else c.last_telemetry_at end as last_telemetry_at
    ) s`;
}

/** Whether a time lies on a later date than this one, of which it may be before the end. */
const isLater = (at: string, date: LocalDate) => sql`case when p.is_mixed
  then (${sql.raw(at)} at time zone p.time_zone)::date > ${date}::date
  else ${sql.raw(at)} >= p.day_end end`;
