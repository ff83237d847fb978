import type { Sql } from "@/db/client";
import { monthOf, type Partitions } from "@/db/partitions";
import { type AlertType, breachesOf } from "@/lib/domain/alerting";
import { applyReadings, type PriorState } from "@/lib/server/alerts/apply-readings";
import { arrayLiteral, type IngestRow, type Outcome, withoutRepeats } from "./flush";

/** A reading on its way into the database. Volts, amperes, °C, dBm. */
export type TelemetryRow = IngestRow & {
  voltage: number;
  current: number;
  powerFactor: number | null;
  temperatureC: number | null;
  batteryV: number | null;
  rssiDbm: number | null;
};

type Locked = {
  devices: number;
  attention: { device_id: number; known_ms: number | null; live_alerts: AlertType[] }[] | null;
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
  // Sorted, so that concurrent writers lock devices in one order and can't deadlock.
  const sorted = [...unique].sort((a, b) => a.device.id - b.device.id || a.timestamp - b.timestamp);
  const deviceIds = [...new Set(sorted.map((row) => row.device.id))];
  const breaching = unique.filter((row) => hasBreach(row)).map((row) => row.device.id);

  const stored = await sql.begin(async (tx) => {
    const [[locked], [inserted]] = await Promise.all([
      tx<[Locked]>`
        with locked as materialized (
          select device_id, last_telemetry_at, live_alerts from device_state
          where device_id = any(${arrayLiteral(deviceIds)}::int[])
          order by device_id for update
        )
        select count(*)::int as devices,
               json_agg(json_build_object('device_id', device_id, 'live_alerts', live_alerts,
                 'known_ms', (extract(epoch from last_telemetry_at) * 1000)::float8))
                 filter (where live_alerts <> '{}'
                   or device_id = any(${arrayLiteral(breaching)}::int[])) as attention
        from locked`,
      insertReadings(tx as unknown as Sql, sorted),
    ]);
    const isStored = storedRows(inserted, sorted.length);
    if (locked.attention) {
      const prior = new Map<number, PriorState>(
        locked.attention.map((s) => [
          s.device_id,
          { lastTelemetryAt: s.known_ms, liveAlerts: s.live_alerts },
        ]),
      );
      const readings = unique.filter((row) => prior.has(row.device.id) && isStored(row));
      await applyReadings(tx as unknown as Sql, readings, prior, now);
    }
    return { isStored, missing: await missingDevices(tx as unknown as Sql, deviceIds, locked) };
  });
  return spread((row) => {
    if (stored.isStored(row)) return "created";
    return stored.missing.has(row.device.id) ? "unknown_device" : "duplicate";
  });
}

function hasBreach(row: TelemetryRow): boolean {
  const breaches = breachesOf(row, row.device.limits);
  return breaches.high_power !== undefined || breaches.invalid_data !== undefined;
}

/** One statement: rows, newest state, day rollup. `rows` are sorted by device and time. */
function insertReadings(tx: Sql, rows: TelemetryRow[]) {
  const column = (value: (row: TelemetryRow) => number | null) => arrayLiteral(rows.map(value));
  return tx<[Inserted]>`
    with input as (
      select device_id, to_timestamp(ms / 1000) as "timestamp", voltage, current, power_factor,
             temperature_c, battery_v, rssi_dbm
      from unnest(${column((r) => r.device.id)}::int[], ${column((r) => r.timestamp)}::float8[],
                  ${column((r) => r.voltage)}::float8[], ${column((r) => r.current)}::float8[],
                  ${column((r) => r.powerFactor)}::float8[],
                  ${column((r) => r.temperatureC)}::float8[],
                  ${column((r) => r.batteryV)}::float8[], ${column((r) => r.rssiDbm)}::float8[])
        as i(device_id, ms, voltage, current, power_factor, temperature_c, battery_v, rssi_dbm)
    ), inserted as (
      insert into telemetry (device_id, "timestamp", voltage, current, power_factor,
                             temperature_c, battery_v, rssi_dbm)
      select i.* from input i where exists (select from device_state s where s.device_id = i.device_id)
      on conflict do nothing
      returning *
    ), newest as (
      select distinct on (device_id) * from inserted order by device_id, "timestamp" desc
    ), state as (
      update device_state s
      set last_telemetry_at = n."timestamp", voltage = n.voltage, current = n.current,
          power_factor = n.power_factor, temperature_c = n.temperature_c,
          battery_v = n.battery_v, rssi_dbm = n.rssi_dbm
      from newest n
      where s.device_id = n.device_id
        and (s.last_telemetry_at is null or s.last_telemetry_at <= n."timestamp")
    ), days as (
      insert into telemetry_days as d (device_id, day, reading_count, last_telemetry_at)
      select i.device_id, (i."timestamp" at time zone s.time_zone)::date as day, count(*), max(i."timestamp")
      from inserted i join device_state s on s.device_id = i.device_id
      group by 1, 2
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

/** Devices that were deleted between the look-up and the flush. */
export async function missingDevices(
  tx: Sql,
  deviceIds: number[],
  locked: { devices: number },
): Promise<Set<number>> {
  if (locked.devices === deviceIds.length) return new Set();
  const there = await tx<{ device_id: number }[]>`
    select device_id from device_state where device_id = any(${arrayLiteral(deviceIds)}::int[])`;
  const known = new Set(there.map((row) => row.device_id));
  return new Set(deviceIds.filter((id) => !known.has(id)));
}
