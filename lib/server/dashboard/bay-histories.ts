import { type SQL, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { type BayHistory, countStates, type Occupancy, statesAt } from "@/lib/domain/occupancy";
import { offlineAfterSeconds } from "@/lib/server/devices/silence";
import type { ZoneDay } from "./day-moments";
import { type DayScope, zonesInScope } from "./place-days";

/** One device on one date, up to the moments that are asked about. */
export type Bay = BayHistory & {
  deviceId: number;
  zoneId: number;
  timeZone: string;
  /** Whether it was in use until the end of the date, and so is one of the bays that are counted. */
  counts: boolean;
  /** Parking logs of the date that were in time. */
  events: number;
  /** Whether it sent telemetry or a parking log in that time. */
  isActive: boolean;
};

type Row = {
  device_id: number;
  zone_id: number;
  time_zone: string;
  counts: boolean;
  limit_s: number;
  state_before: boolean | null;
  events: number;
  is_active: boolean;
  /** "3+5-": the state by the number of the moment before which it came. */
  changes: string | null;
  contact_before: number | null;
  contact_first: number | null;
  contact_last: number | null;
  /** "from:to,from:": when offline alerts were unresolved. */
  offline: string | null;
};

/**
 * What became of every device in scope on a date: raw parking logs of that date alone, from their
 * index, and rollups and single look-ups for everything else, so that history costs nothing.
 */
export async function readBayHistories(
  db: Connection,
  scope: DayScope,
  days: readonly ZoneDay[],
): Promise<Bay[]> {
  if (days.length === 0) return [];
  const rows = await db.execute<Row>(sql`
    with day(time_zone, day_start, day_end, until, is_mixed, cuts) as (values ${zoneDays(days)}),
    bay as materialized (
      select d.id, d.zone_id, day.*, d.offline_after_seconds is not null as any_message,
             ${offlineAfterSeconds} as limit_s,
             coalesce(least(d.retired_at, z.retired_at, f.retired_at) >= day_end, true) as counts
      from devices d join zones z on z.id = d.zone_id join facilities f on f.id = z.facility_id
      join day on day.time_zone = f.time_zone
      where ${zonesInScope(scope)}
    ), logs as (${logsByMoment(scope, days)}), offline as (${offlineTimes(days)})
    select b.id as device_id, b.zone_id, b.time_zone, b.counts, b.limit_s, was.state_before,
           coalesce(l.events, 0)::int as events, l.changes, o.times as offline,
           coalesce(l.events > 0, false) or coalesce(r.last_at < b.until, false)
             or coalesce(first.at < b.until, false) as is_active,
           ${ms(sql`was.contact`)} as contact_before,
           ${ms(sql`least(first.at, case when b.any_message then l.first_at end)`)} as contact_first,
           ${ms(sql`greatest(r.last_at, case when b.any_message then l.last_at end)`)} as contact_last
    from bay b
    left join device_state c on c.device_id = b.id
    left join logs l on l.device_id = b.id
    left join offline o on o.device_id = b.id
    ${readingsAndBefore(scope, days)}`);
  return [...rows].map(bayOf);
}

/** How many of the bays that count were in which state at each moment of their days. */
export function countBays(bays: readonly Bay[], days: readonly ZoneDay[]): Occupancy[] {
  const dayOf = new Map(days.map((day) => [day.time_zone, day]));
  const states = bays
    .filter((bay) => bay.counts)
    .map((bay) => {
      const day = dayOf.get(bay.timeZone)!;
      return statesAt(bay, day.moments, day.day_start);
    });
  return countStates(states, days[0]?.moments.length ?? 0);
}

const ms = (at: SQL) => sql`(extract(epoch from ${at}) * 1000)::float8`;
const iso = (at: number) => new Date(at).toISOString();
const instant = (at: number) => sql`${iso(at)}::timestamptz`;
const startOf = (days: readonly ZoneDay[]) =>
  instant(Math.min(...days.map((day) => day.day_start)));
const endOf = (days: readonly ZoneDay[]) => instant(Math.max(...days.map((day) => day.until)));

function zoneDays(days: readonly ZoneDay[]): SQL {
  const rows = days.map((day) => {
    // The newest state is the state of now: nothing that is there has come later.
    const now = day.is_open ? day.moments.at(-1) : undefined;
    const cuts = day.moments.map((at) => (at === now ? "infinity" : iso(at)));
    return sql`(${day.time_zone}::varchar, ${instant(day.day_start)}, ${instant(day.day_end)},
      ${instant(day.until)}, ${day.is_mixed}::boolean, ${`{${cuts.join(",")}}`}::timestamptz[])`;
  });
  return sql.join(rows, sql`, `);
}

const dayOfLog = sql`(l."timestamp" at time zone b.time_zone)::date`;

/**
 * Parking logs by device: the state that each stretch between two moments ended in. Of two states
 * at one timestamp the later received one counts, which only then has to be looked up. Of a mixed
 * date, logs of the date before change states too, but only its own are counted.
 */
const logsByMoment = ({ date }: DayScope, days: readonly ZoneDay[]) => sql`
  select m.device_id, min(m.first_at) as first_at, max(greatest(m.taken, m.freed)) as last_at,
         sum(m.events) as events,
         string_agg(m.moment || case when state.is_occupied then '+' else '-' end, '' order by m.moment)
           as changes
  from (
    select l.device_id, width_bucket(l."timestamp", b.cuts) as moment,
           count(*) filter (where not b.is_mixed or ${dayOfLog} = ${date}::date) as events,
           min(l."timestamp") as first_at,
           max(l."timestamp") filter (where l.is_occupied) as taken,
           max(l."timestamp") filter (where not l.is_occupied) as freed
    from parking_logs l join bay b on b.id = l.device_id
    where l."timestamp" >= ${startOf(days)} and l."timestamp" < ${endOf(days)}
      and l."timestamp" >= b.day_start and l."timestamp" < b.until
      and (not b.is_mixed or ${dayOfLog} <= ${date}::date)
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

const offlineTimes = (days: readonly ZoneDay[]) => sql`
  select device_id, string_agg(${ms(sql`at`)} || ':' || coalesce((${ms(sql`until`)})::text, ''), ',')
           as times
  from (
    select a.device_id, t.kind, t.at, lead(t.at) over (partition by a.id order by t.id) as until
    from alerts a join alert_transitions t on t.alert_id = a.id
    where a.alert_type = 'offline' and t.kind in ('raised', 'reopened', 'resolved')
      and a.created_at < ${endOf(days)} and coalesce(a.resolved_at >= ${startOf(days)}, true)
  ) changes
  where kind <> 'resolved' and at < ${endOf(days)} and coalesce(until >= ${startOf(days)}, true)
  group by device_id`;

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
 * Joins r, was and first: the newest reading of the date, what was known before it, and its first
 * reading where that is asked for: of a device that was silent when the day began, and of one that
 * nothing else shows to have been active in time. Its bounds are constants, so that the planner
 * sees which partition holds the one row it stops at.
 */
const readingsAndBefore = (scope: DayScope, days: readonly ZoneDay[]) => sql`
  left join (
    select device_id, max(last_telemetry_at) as last_at
    from telemetry_days where day = ${scope.date}::date group by device_id
  ) r on r.device_id = b.id
  ${newestBefore(scope, days)}
  cross join lateral (
    select case when c.last_parking_log_at < b.day_start then c.is_occupied else log.is_occupied end
             as state_before,
           greatest(
             case when c.last_telemetry_at < b.day_start then c.last_telemetry_at
                  else reading.last_telemetry_at end,
             case when not b.any_message then null
                  when c.last_parking_log_at < b.day_start then c.last_parking_log_at
                  else log.last_parking_log_at end) as contact
  ) was
  left join lateral (
    select t."timestamp" as at from telemetry t
    where (was.contact < b.day_start - make_interval(secs => b.limit_s)
            or r.last_at >= b.until and coalesce(l.events = 0, true))
      and r.device_id is not null and t.device_id = b.id and t."timestamp" >= b.day_start
      and t."timestamp" >= ${startOf(days)}
      and t."timestamp" < ${instant(Math.max(...days.map((day) => day.day_end)))}
    order by t."timestamp" limit 1
  ) first on true`;

function bayOf(row: Row): Bay {
  return {
    deviceId: row.device_id,
    zoneId: row.zone_id,
    timeZone: row.time_zone,
    counts: row.counts,
    events: row.events,
    isActive: row.is_active,
    before: row.state_before,
    changes: changesOf(row.changes),
    contact: {
      limits: { offlineAfterSeconds: row.limit_s },
      before: row.contact_before,
      first: row.contact_first,
      last: row.contact_last,
      offline: timesOf(row.offline),
    },
  };
}

function changesOf(text: string | null): BayHistory["changes"] {
  if (text === null) return [];
  return [...text.matchAll(/(\d+)([+-])/g)].map(([, moment, sign]) => ({
    moment: Number(moment),
    occupied: sign === "+",
  }));
}

function timesOf(text: string | null): BayHistory["contact"]["offline"] {
  if (text === null) return [];
  return text.split(",").map((time) => {
    const [from, to] = time.split(":");
    return { from: Number(from), to: to ? Number(to) : null };
  });
}
