import type { Sql } from "postgres";
import { connectDatabase } from "@/db/client";
import { monthOf, Partitions } from "@/db/partitions";
import { SYSTEM } from "@/lib/server/context";
import { rebuildRollups } from "@/lib/server/rollups/rebuild-rollups";

/** Every device sends a reading so often, and every so many readings a car comes or goes. */
const MINUTES_BETWEEN_READINGS = 15;
const READINGS_PER_EVENT = 5;
const READINGS_PER_BATCH = 500_000;
const TIME_ZONES = ["Europe/Vienna", "America/New_York", "Asia/Shanghai"];
/** As autovacuum would: it leaves out tables of less than 50 rows, as those of facilities and zones. */
const ANALYZED = [
  "devices",
  "device_state",
  "alerts",
  "telemetry",
  "parking_logs",
  "closed_telemetry_days",
  "parking_days",
  "zone_hours",
];
const ZONES_PER_FACILITY = 16;

/**
 * Makes devices in zones of three facilities in three time zones: one in a hundred has never sent
 * anything, one in a hundred is offline, one in fifty has an open alert.
 */
export async function makeDevices(sql: Sql, count: number): Promise<void> {
  await sql`insert into facilities (code, name, time_zone, offline_after_seconds)
    select 'F' || n, 'Facility ' || n, tz, 86400
    from unnest(${TIME_ZONES}::text[]) with ordinality t(tz, n)`;
  await sql`insert into zones (facility_id, code, name)
    select f.id, 'Z' || n, 'Zone ' || n
    from facilities f, generate_series(1, ${ZONES_PER_FACILITY}::int) n`;
  await sql`insert into devices (zone_id, code)
    select z.id, 'BENCH-' || n from generate_series(1, ${count}::int) n
    join (select id, row_number() over (order by id) - 1 as nr from zones) z
      on z.nr = n % ${TIME_ZONES.length * ZONES_PER_FACILITY}`;
  await sql`insert into device_state (device_id, zone_id, time_zone)
    select d.id, d.zone_id, f.time_zone
    from devices d join zones z on z.id = d.zone_id join facilities f on f.id = z.facility_id`;
  await sql`insert into targets (zone_id, date, target_value)
    select z.id, (now() at time zone f.time_zone)::date, 800
    from zones z join facilities f on f.id = z.facility_id`;
  await sql`insert into alerts (device_id, alert_type, severity, message, created_at, last_triggered_at)
    select id, 'high_power', 'CRITICAL', 'High power', now() - interval '1 hour', now()
    from devices where id % 50 = 7`;
}

/**
 * Adds history before what there is, until there are so many readings: raw rows, and rollups as a
 * rebuild counts them.
 */
export async function addHistory(sql: Sql, databaseUrl: string, rows: number): Promise<void> {
  const [there] = await sql<{ devices: number; readings: number; oldest: Date }[]>`
    select (select count(*)::int from devices where id % 100 <> 1) as devices,
           (select count(*)::int from telemetry) as readings,
           coalesce((select min("timestamp") from telemetry), date_trunc('minute', now())) as oldest`;
  const { devices, readings, oldest } = there!;
  const rounds = Math.ceil((rows - readings) / devices);
  const perBatch = Math.ceil(READINGS_PER_BATCH / devices);
  const at = (round: number) =>
    new Date(oldest.getTime() - round * MINUTES_BETWEEN_READINGS * 60_000);
  const months: number[] = [];
  for (let month = monthOf(at(rounds + 1).getTime()); month <= monthOf(oldest.getTime()); month++) {
    months.push(month);
  }
  const partitions = new Partitions(sql);
  await partitions.ensure("telemetry", months);
  await partitions.ensure("parking_logs", months);
  for (let from = 1; from <= rounds; from += perBatch) {
    await insertRounds(sql, oldest, from, Math.min(from + perBatch - 1, rounds));
  }
  await pastAlerts(sql, at(rounds), oldest);
  const { sql: own, db } = connectDatabase(databaseUrl, 2);
  await rebuildRollups({ db, actor: SYSTEM, now: new Date() });
  await own.end();
  await sql.unsafe(`vacuum analyze ${ANALYZED.join(", ")}`);
}

/** Rounds of readings, counted backwards from an instant; devices take turns within a round. */
async function insertRounds(sql: Sql, before: Date, from: number, to: number): Promise<void> {
  const seconds = MINUTES_BETWEEN_READINGS * 60;
  const sent = sql`
    select d.id as device_id, n, ${before}::timestamptz - make_interval(
             secs => n * ${seconds}::int - d.id % ${seconds}::int
                     + case when d.id % 100 = 2 then 172800 else 0 end) as at
    from generate_series(${from}::int, ${to}::int) n, devices d where d.id % 100 <> 1`;
  await sql`insert into telemetry (device_id, "timestamp", voltage, current, power_factor)
    select device_id, at, 229 + n % 30 / 10.0, 1 + n % 40 / 10.0, 0.9 from (${sent}) s`;
  await sql`insert into parking_logs (device_id, "timestamp", is_occupied)
    select device_id, at, (n / ${READINGS_PER_EVENT}::int) % 2 = 0 from (${sent}) s
    where (n + device_id) % ${READINGS_PER_EVENT}::int = 0`;
}

/** One resolved alert for each device and ten days. */
async function pastAlerts(sql: Sql, from: Date, to: Date): Promise<void> {
  await sql`insert into alerts (device_id, alert_type, severity, message, created_at,
                                last_triggered_at, resolved_at)
    select d.id, 'high_power', 'CRITICAL', 'High power', at, at, at + interval '5 minutes'
    from devices d, lateral (
      select t + make_interval(secs => d.id * 97 % 864000) as at
      from generate_series(${from}::timestamptz, ${to}::timestamptz, interval '10 days') t
    ) raised where at < ${to}::timestamptz`;
}
