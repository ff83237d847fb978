import type { Sql } from "postgres";

/**
 * What the rollups and state rows say differently from the raw rows, for the whole database: empty
 * when every number can be explained by its messages.
 */
export async function contradictions(sql: Sql): Promise<Record<string, unknown>[]> {
  const found = await Promise.all([
    telemetryDays(sql),
    parkingDays(sql),
    zoneHours(sql),
    newestTelemetry(sql),
    newestParkingLog(sql),
    occupancySince(sql),
    liveAlerts(sql),
  ]);
  return found.flat();
}

/** Keys and values on which two queries differ. */
const difference = (sql: Sql, what: string, rollup: ReturnType<Sql>, raw: ReturnType<Sql>) => sql`
  (select ${what} as what, 'only in rollup' as side, row_to_json(a)::text as row
   from ((${rollup}) except (${raw})) a)
  union all
  (select ${what}, 'only in raw rows', row_to_json(b)::text from ((${raw}) except (${rollup})) b)`;

const telemetryDays = (sql: Sql) =>
  difference(
    sql,
    "telemetry_days",
    sql`select device_id, day, reading_count::bigint as n, last_telemetry_at from telemetry_days`,
    sql`
      select t.device_id, (t.timestamp at time zone s.time_zone)::date, count(*), max(t.timestamp)
      from telemetry t join device_state s using (device_id) group by 1, 2`,
  );

const parkingDays = (sql: Sql) =>
  difference(
    sql,
    "parking_days",
    sql`
      select device_id, day, event_count::bigint as n, last_parking_log_at, last_arrival, is_occupied
      from parking_days`,
    sql`
      select distinct on (p.device_id, day) p.device_id, day,
             count(*) over (partition by p.device_id, day), p.timestamp, p.arrival, p.is_occupied
      from parking_logs p join device_state s using (device_id),
           lateral (select (p.timestamp at time zone s.time_zone)::date as day) local
      order by p.device_id, day, p.timestamp desc, p.arrival desc`,
  );

const zoneHours = (sql: Sql) =>
  difference(
    sql,
    "zone_hours",
    sql`select zone_id, hour, day, event_count::bigint as n from zone_hours`,
    sql`
      select s.zone_id, local_hour_start(p.timestamp, s.time_zone),
             (p.timestamp at time zone s.time_zone)::date, count(*)
      from parking_logs p join device_state s using (device_id) group by 1, 2, 3`,
  );

const newestTelemetry = (sql: Sql) =>
  difference(
    sql,
    "newest reading",
    sql`
      select device_id, last_telemetry_at, voltage, current from device_state
      where last_telemetry_at is not null`,
    sql`
      select distinct on (device_id) device_id, timestamp, voltage, current from telemetry
      order by device_id, timestamp desc`,
  );

const newestParkingLog = (sql: Sql) =>
  difference(
    sql,
    "newest parking log",
    sql`
      select device_id, last_parking_log_at, last_arrival, is_occupied from device_state
      where last_parking_log_at is not null`,
    sql`
      select distinct on (device_id) device_id, timestamp, arrival, is_occupied from parking_logs
      order by device_id, timestamp desc, arrival desc`,
  );

const occupancySince = (sql: Sql) =>
  difference(
    sql,
    "since when a bay is in its state",
    sql`
      select device_id, occupancy_since from device_state where last_parking_log_at is not null`,
    sql`
      select distinct on (device_id) device_id, timestamp from (
        select *, is_occupied is distinct from lag(is_occupied)
          over (partition by device_id order by timestamp, arrival) as changes
        from parking_logs) l
      where changes order by device_id, timestamp desc, arrival desc`,
  );

const liveAlerts = (sql: Sql) =>
  difference(
    sql,
    "live alerts",
    sql`select device_id, unnest(live_alerts) as alert_type from device_state`,
    sql`select device_id, alert_type from alerts where resolved_at is null`,
  );
