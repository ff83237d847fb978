import { type SQL, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { countStates, type Occupancy, statesAt } from "@/lib/domain/occupancy/occupancy";
import type { LocalDate } from "@/lib/domain/values/fields";
import { offlineAfterSeconds } from "@/lib/server/device-state/silence";
import { epochMs } from "@/lib/server/sql";
import { type Bay, type BayRow, bayOf } from "./bay-of-row";
import { isBayOfDate } from "./bays-of-date";
import type { ZoneDay } from "./day-moments";
import { type DayScope, zonesInScope } from "./place-days";

/**
 * Devices with at most so many readings on a date have all of these looked through, from their
 * index; of others the newest before each moment is looked up, which costs the same however many.
 */
const FEW_READINGS = 200;

/**
 * What became of every device in scope on a date: raw rows of that date alone, from their index,
 * and rollups and single look-ups for everything else, so that history costs nothing.
 */
export async function readBayHistories(
  db: Connection,
  scope: DayScope,
  days: readonly ZoneDay[],
): Promise<Bay[]> {
  if (days.length === 0) return [];
  const rows = await db.execute<BayRow>(sql`
    with day(time_zone, day_start, day_end, until, is_mixed, starts, cuts) as (
      values ${zoneDays(days)}
    ),
    bay as materialized (
      select d.id, d.zone_id, day.*, d.offline_after_seconds is not null as any_message,
             ${offlineAfterSeconds} as limit_s,
             ${isBayOfDate(sql`day_end`, sql`false`)} as counts,
             ${isBayOfDate(sql`day_end`, sql`true`)} as counts_if_heard
      from devices d join zones z on z.id = d.zone_id join facilities f on f.id = z.facility_id
      join day on day.time_zone = f.time_zone
      where ${zonesInScope(scope)}
    ), logs as (${logsByMoment(scope, days)})
    select b.id as device_id, b.zone_id, b.time_zone, b.limit_s, b.any_message, was.state_before,
           ${epochMs(sql`case when b.any_message then greatest(was.reading_at, was.log_at)
                         else was.reading_at end`)} as contact_before,
           b.counts or b.counts_if_heard and (was.log_at is not null or was.reading_at is not null
             or e.device_id is not null or r.device_id is not null) as counts,
           coalesce(l.events > 0 or r.device_id is not null and readings.times is not null, false)
             as is_active,
           coalesce(l.events, 0)::int as events, l.logs, readings.times as readings
    from bay b
    left join device_state c on c.device_id = b.id
    left join logs l on l.device_id = b.id
    left join parking_days e on e.device_id = b.id and e.day = ${scope.date}::date
    ${readingsAndBefore(scope, days)}`);
  return [...rows].map(bayOf);
}

/** How many of the bays that count were in which state at each moment of their days. */
export function countBays(bays: readonly Bay[], days: readonly ZoneDay[]): Occupancy[] {
  const momentsOf = new Map(days.map((day) => [day.time_zone, day.moments]));
  const states = bays
    .filter((bay) => bay.counts)
    .map((bay) => statesAt(bay, momentsOf.get(bay.timeZone)!));
  return countStates(states, days[0]?.moments.length ?? 0);
}
const iso = (at: number) => new Date(at).toISOString();
const instant = (at: number) => sql`${iso(at)}::timestamptz`;
const startOf = (days: readonly ZoneDay[]) =>
  instant(Math.min(...days.map((day) => day.day_start)));
const endOf = (days: readonly ZoneDay[]) => instant(Math.max(...days.map((day) => day.until)));

/** Bounds that are constants, so that the planner sees which partitions hold the rows. */
const within = (at: SQL, days: readonly ZoneDay[]) =>
  sql`${at} >= ${startOf(days)} and ${at} < ${endOf(days)}`;

function zoneDays(days: readonly ZoneDay[]): SQL {
  const rows = days.map((day) => {
    // The newest state is the state of now: nothing that is there has come later.
    const now = day.is_open ? day.moments.at(-1) : undefined;
    const cuts = day.moments.map((at) => (at === now ? "infinity" : iso(at)));
    const starts = [iso(day.day_start), ...cuts.slice(0, -1)];
    const array = (times: string[]) => sql`${`{${times}}`}::timestamptz[]`;
    return sql`(${day.time_zone}::varchar, ${instant(day.day_start)}, ${instant(day.day_end)},
      ${instant(day.until)}, ${day.is_mixed}::boolean, ${array(starts)}, ${array(cuts)})`;
  });
  return sql.join(rows, sql`, `);
}

const dayOf = (at: SQL) => sql`(${at} at time zone b.time_zone)::date`;

/** Of a mixed date, what came on the date before counts too, what came on a later one does not. */
const byDate = (at: SQL, date: LocalDate) => sql`(not b.is_mixed or ${dayOf(at)} <= ${date}::date)`;

/**
 * Parking logs by device: the state that each stretch between two moments ended in. Of two states
 * at one timestamp the later received one counts, which only then has to be looked up. Of a mixed
 * date, logs of the date before change states too, but only its own are counted.
 */
const logsByMoment = ({ date }: DayScope, days: readonly ZoneDay[]) => sql`
  select m.device_id, sum(m.events) as events,
         string_agg(m.moment || case when state.is_occupied then '+' else '-' end
                      || ${epochMs(sql`greatest(m.taken, m.freed)`)}, ',' order by m.moment) as logs
  from (
    select l.device_id, width_bucket(l."timestamp", b.cuts) as moment,
           count(*) filter (where not b.is_mixed or ${dayOf(sql`l."timestamp"`)} = ${date}::date)
             as events,
           max(l."timestamp") filter (where l.is_occupied) as taken,
           max(l."timestamp") filter (where not l.is_occupied) as freed
    from parking_logs l join bay b on b.id = l.device_id
    where ${within(sql`l."timestamp"`, days)}
      and l."timestamp" >= b.day_start and l."timestamp" < b.until
      and ${byDate(sql`l."timestamp"`, date)}
    group by 1, 2
  ) m
  cross join lateral (
    select case when m.freed is null or m.taken > m.freed then true
                when m.taken is null or m.taken < m.freed then false
                else (select t.is_occupied from parking_logs t
                      where t.device_id = m.device_id and t."timestamp" = m.taken
                      order by t.arrival desc limit 1) end as is_occupied
  ) state
  group by m.device_id`;

/**
 * The newest of a device before its day began. In a mixed day the rollups of dates before go on, so
 * that raw rows have to tell; of any other, one of the last two dates before has it.
 */
const newestBefore = ({ date }: DayScope, days: readonly ZoneDay[]) =>
  days.some((day) => day.is_mixed)
    ? sql`
  left join lateral (
    select p."timestamp" as last_parking_log_at, p.is_occupied from parking_logs p
    where p.device_id = b.id and p."timestamp" < b.day_start
    order by p."timestamp" desc, p.arrival desc limit 1
  ) log on true
  left join lateral (
    select t."timestamp" as last_telemetry_at from telemetry t
    where t.device_id = b.id and t."timestamp" < b.day_start order by t."timestamp" desc limit 1
  ) reading on true`
    : sql`
  left join lateral (
    select * from (
      select p.last_parking_log_at, p.last_arrival, p.is_occupied from parking_days p
      where c.last_parking_log_at >= b.day_start and p.device_id = b.id and p.day < ${date}::date
      order by p.day desc limit 2
    ) p order by p.last_parking_log_at desc, p.last_arrival desc limit 1
  ) log on true
  left join lateral (
    select max(t.last_telemetry_at) as last_telemetry_at from (
      select t.last_telemetry_at from closed_telemetry_days t
      where c.last_telemetry_at >= b.day_start and t.device_id = b.id and t.day < ${date}::date
      order by t.day desc limit 2
    ) t
  ) reading on true`;

/**
 * Joins r, the readings of the date, was, what was known before it, and readings, the newest one
 * before each moment.
 */
const readingsAndBefore = (scope: DayScope, days: readonly ZoneDay[]) => sql`
  left join (
    select device_id, max(last_telemetry_at) as last_at, sum(reading_count) as readings
    from telemetry_days where day = ${scope.date}::date group by device_id
  ) r on r.device_id = b.id
  ${newestBefore(scope, days)}
  cross join lateral (
    select case when c.last_parking_log_at < b.day_start then c.is_occupied else log.is_occupied end
             as state_before,
           case when c.last_parking_log_at < b.day_start then c.last_parking_log_at
                else log.last_parking_log_at end as log_at,
           case when c.last_telemetry_at < b.day_start then c.last_telemetry_at
                else reading.last_telemetry_at end as reading_at
  ) was
  left join lateral (
    select string_agg(newest.moment || ':' || ${epochMs(sql`newest.at`)}, ',' order by newest.moment)
             as times
    from (${newestReadings(scope, days)}) newest
  ) readings on r.device_id is not null or b.is_mixed`;

/** The newest reading of device b in each stretch between two moments. */
const newestReadings = ({ date }: DayScope, days: readonly ZoneDay[]) => sql`
  select width_bucket(t."timestamp", b.cuts) as moment, max(t."timestamp") as at
  from telemetry t
  where coalesce(r.readings, 0) <= ${FEW_READINGS} and t.device_id = b.id and ${within(sql`t."timestamp"`, days)}
    and t."timestamp" >= b.day_start and t."timestamp" < b.until
    and ${byDate(sql`t."timestamp"`, date)}
  group by 1
  union all
  select stretch.n - 1, last.at
  from unnest(b.starts, b.cuts) with ordinality as stretch(starts, ends, n)
  cross join lateral (
    select t."timestamp" as at from telemetry t
    where t.device_id = b.id and ${within(sql`t."timestamp"`, days)}
      and t."timestamp" >= stretch.starts and t."timestamp" < least(stretch.ends, b.until)
      and ${byDate(sql`t."timestamp"`, date)}
    order by t."timestamp" desc limit 1
  ) last
  where r.readings > ${FEW_READINGS} and stretch.starts <= r.last_at`;
