import type { Sql } from "@/db/client";
import { monthOf, type Partitions } from "@/db/partitions";
import { breachesOf } from "@/lib/domain/alerting";
import { applyReadings } from "@/lib/server/alerts/apply-readings";
import { arrayLiteral, type IngestRow, type Outcome, withoutRepeats } from "./flush";
import { forDevicesThatExist, lockDevices } from "./lock-devices";

/** A reading on its way into the database. Volts, amperes, °C, dBm. */
export type TelemetryRow = IngestRow & {
  voltage: number;
  current: number;
  powerFactor: number | null;
  temperatureC: number | null;
  batteryV: number | null;
  rssiDbm: number | null;
};

type Inserted = { created: number; device_ids: number[] | null; times_ms: number[] | null };

const identity = (row: IngestRow) => `${row.device.id} ${row.timestamp}`;

/**
 * Stores readings in one transaction with everything that follows from them: state, rollup, alerts.
 * A reading is identified by (device, timestamp); of several in one call the first one counts.
 * @returns the outcome of each row
 * @throws when the database refuses or is away; then nothing was stored, or nobody can tell
 */
export async function recordTelemetry(
  { sql, partitions, now }: { sql: Sql; partitions: Partitions; now: number },
  rows: TelemetryRow[],
): Promise<Outcome[]> {
  const { unique, spread } = withoutRepeats(rows, identity);
  await partitions.ensure(
    "telemetry",
    unique.map((row) => monthOf(row.timestamp)),
  );
  const outcomes = await forDevicesThatExist(unique, (there) =>
    sql.begin((tx) => storeReadings(tx as unknown as Sql, there, now)),
  );
  return spread(outcomes);
}

async function storeReadings(tx: Sql, rows: TelemetryRow[], now: number) {
  const sorted = [...rows].sort((a, b) => a.device.id - b.device.id || a.timestamp - b.timestamp);
  const breaching = rows.filter(hasBreach).map((row) => row.device.id);
  const [attention, [inserted]] = await Promise.all([
    lockDevices(tx, rows, breaching),
    insertReadings(tx, sorted),
  ]);
  const isStored = storedRows(inserted, rows.length);
  const readings = rows.filter((row) => attention.has(row.device.id) && isStored(row));
  await applyReadings(tx, readings, attention, now);
  return (row: TelemetryRow): Outcome => (isStored(row) ? "created" : "duplicate");
}

function hasBreach(row: TelemetryRow): boolean {
  const breaches = breachesOf(row, row.device.limits);
  return breaches.high_power !== undefined || breaches.invalid_data !== undefined;
}

/**
 * One statement: rows, newest state, day rollup. Readings of a device's newest day are counted on
 * its state row, which is rewritten anyway; other days, and the day that a newer one closes, go to
 * `closed_telemetry_days`. `rows` are sorted by device and time.
 */
function insertReadings(tx: Sql, rows: TelemetryRow[]) {
  const column = (value: (row: TelemetryRow) => number | null) => arrayLiteral(rows.map(value));
  return tx<[Inserted]>`
    with inserted as (
      insert into telemetry (device_id, "timestamp", voltage, current, power_factor,
                             temperature_c, battery_v, rssi_dbm)
      select device_id, to_timestamp(ms / 1000), voltage, current, power_factor,
             temperature_c, battery_v, rssi_dbm
      from unnest(${column((r) => r.device.id)}::int[], ${column((r) => r.timestamp)}::float8[],
                  ${column((r) => r.voltage)}::float8[], ${column((r) => r.current)}::float8[],
                  ${column((r) => r.powerFactor)}::float8[],
                  ${column((r) => r.temperatureC)}::float8[],
                  ${column((r) => r.batteryV)}::float8[], ${column((r) => r.rssiDbm)}::float8[])
        as i(device_id, ms, voltage, current, power_factor, temperature_c, battery_v, rssi_dbm)
      on conflict do nothing
      returning *
    ), located as materialized (
      select i.*, l.day, s.open_day, s.open_day_readings, s.last_telemetry_at,
             greatest(s.open_day, max(l.day) over (partition by i.device_id)) as opens
      from inserted i join device_state s on s.device_id = i.device_id,
           lateral (select (i."timestamp" at time zone s.time_zone)::date as day) l
    ), newest as (
      select distinct on (device_id) *,
             count(*) filter (where day = opens) over (partition by device_id) as open_readings
      from located order by device_id, "timestamp" desc
    ), state as (
      update device_state s
      set last_telemetry_at = n."timestamp", voltage = n.voltage, current = n.current,
          power_factor = n.power_factor, temperature_c = n.temperature_c,
          battery_v = n.battery_v, rssi_dbm = n.rssi_dbm, open_day = n.opens,
          open_day_readings = n.open_readings
            + case when n.open_day = n.opens then n.open_day_readings else 0 end
      from newest n
      where s.device_id = n.device_id
        and (n.last_telemetry_at is null or n.last_telemetry_at < n."timestamp")
    ), late as (
      update device_state s set open_day_readings = n.open_day_readings + n.open_readings
      from newest n
      where s.device_id = n.device_id and n.last_telemetry_at > n."timestamp" and n.open_readings > 0
    ), closed as (
      select device_id, day, count(*) as readings, max("timestamp") as last_at
      from located where day <> opens group by device_id, day
      union all
      select device_id, open_day, open_day_readings, last_telemetry_at
      from newest where open_day < opens
    ), days as (
      insert into closed_telemetry_days as d (device_id, day, reading_count, last_telemetry_at)
      select device_id, day, sum(readings), max(last_at) from closed
      group by device_id, day order by device_id, day
      on conflict (device_id, day) do update
      set reading_count = d.reading_count + excluded.reading_count,
          last_telemetry_at = greatest(d.last_telemetry_at, excluded.last_telemetry_at)
    )
    select count(*)::int as created,
           case when count(*) < ${rows.length}::int then array_agg(device_id) end as device_ids,
           case when count(*) < ${rows.length}::int
             then array_agg((extract(epoch from "timestamp") * 1000)::float8) end as times_ms
    from inserted`;
}

/** Whether a row was stored, told from the keys that came back when not all were. */
function storedRows(inserted: Inserted, expected: number): (row: IngestRow) => boolean {
  if (inserted.created === expected) return () => true;
  const times = inserted.times_ms ?? [];
  const keys = new Set(inserted.device_ids?.map((id, i) => `${id} ${times[i]}`));
  return (row) => keys.has(identity(row));
}
