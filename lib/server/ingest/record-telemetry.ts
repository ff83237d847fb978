import type { Sql } from "@/db/client";
import { monthOf, type Partitions } from "@/db/partitions";
import { breachesOf, isSilent, READING_CAUSES } from "@/lib/domain/alerts/alerting";
import { applyReadings } from "@/lib/server/alerts/apply-readings";
import { arrayLiteral } from "@/lib/server/sql";
import { type IngestRow, type Outcome, withoutRepeats } from "./ingest-row";
import {
  deviceCount,
  forReachableDevices,
  idsOf,
  type Locked,
  lockedDevices,
  lockedFacts,
  priorStates,
  requireAllDevices,
} from "./lock-devices";

/** A reading on its way into the database. Volts, amperes, °C, dBm. */
export type TelemetryRow = IngestRow & {
  voltage: number;
  current: number;
  powerFactor: number | null;
  temperatureC: number | null;
  batteryV: number | null;
  rssiDbm: number | null;
};

type Stored = {
  locked: Locked;
  /** False when nothing was stored because a device needs care, or is gone. */
  admitted: boolean;
  created: number;
  device_ids: number[] | null;
  times_ms: number[] | null;
};

const identity = (row: IngestRow) => `${row.device.id} ${row.timestamp}`;

/**
 * Stores readings in one transaction with everything that follows from them: state, rollup, alerts.
 * A reading is identified by (device, timestamp); of several in one call the first one counts.
 * @returns the outcome of each row
 * @throws when the database refuses or is away; then nothing was stored, or no one can tell
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
  const outcomes = await forReachableDevices(sql, unique, async (there) => {
    const quick = there.some(hasBreach) ? null : await storeQuickly(sql, there, now);
    return quick ?? sql.begin((tx) => storeWithCare(tx as unknown as Sql, there, now));
  });
  return spread(outcomes);
}

/**
 * The usual flush: one statement, one round trip, its own transaction. Null, with nothing stored,
 * when a device has live alerts that its readings may move on.
 */
async function storeQuickly(sql: Sql, rows: TelemetryRow[], now: number) {
  const [stored] = await insertReadings(sql, rows, now, { careful: false });
  requireAllDevices(stored.locked, rows);
  return stored.admitted ? outcomesOf(stored, rows) : null;
}

/** A flush whose readings raise alerts or move live ones on, in the same transaction. */
async function storeWithCare(tx: Sql, rows: TelemetryRow[], now: number) {
  const [stored] = await insertReadings(tx, rows, now, { careful: true });
  requireAllDevices(stored.locked, rows);
  const outcomeOf = outcomesOf(stored, rows);
  const prior = priorStates(stored.locked);
  const readings = rows.filter((r) => prior.has(r.device.id) && outcomeOf(r) === "created");
  await applyReadings(tx, readings, prior, now);
  return outcomeOf;
}

function hasBreach(row: TelemetryRow): boolean {
  const breaches = breachesOf(row, row.device.limits);
  return READING_CAUSES.some((cause) => breaches[cause] !== undefined);
}

/**
 * One statement: locks, rows, newest state, day rollup. Readings of a device's newest day are
 * counted on its state row, which is rewritten anyway; other days, and the day that a newer one
 * closes, go to `closed_telemetry_days`.
 * What is known of a device comes from the locked row alone: the rest of the statement sees the
 * table as it was before a wait for the lock. It reaches the readings by a window over both, since
 * a join would be planned for ten rows and take quadratic time for a thousand.
 */
function insertReadings(
  sql: Sql,
  rows: TelemetryRow[],
  now: number,
  { careful }: { careful: boolean },
) {
  const sorted = [...rows].sort((a, b) => a.device.id - b.device.id || a.timestamp - b.timestamp);
  const column = (value: (row: TelemetryRow) => number | null) => arrayLiteral(sorted.map(value));
  const concern = {
    breaching: careful ? idsOf(rows.filter(hasBreach)) : [],
    fresh: idsOf(rows.filter((row) => !isSilent(row.timestamp, row.device.limits, now))),
  };
  return sql<[Stored]>`
    with locked as materialized (${lockedDevices(sql, rows)}),
    gate as materialized (${lockedFacts(sql, concern)}),
    admission as materialized (
      select devices = ${deviceCount(rows)}::int and (${careful} or attention is null) as admitted
      from gate
    ), inserted as (
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
      where (select admitted from admission)
      on conflict do nothing
      returning *
    ), known as (
      select device_id, "timestamp", voltage, current, power_factor, temperature_c, battery_v,
             rssi_dbm, max(time_zone) over device as time_zone, max(open_day) over device as open_day,
             max(open_day_readings) over device as open_day_readings,
             max(open_day_last_at) over device as open_day_last_at,
             max(last_telemetry_at) over device as last_telemetry_at
      from (
        select *, null::text as time_zone, null::date as open_day, null::int as open_day_readings,
               null::timestamptz as open_day_last_at, null::timestamptz as last_telemetry_at
        from inserted
        union all
        select device_id, null, null, null, null, null, null, null, time_zone, open_day,
               open_day_readings, open_day_last_at, last_telemetry_at
        from locked
      ) both_of_them
      window device as (partition by device_id)
    ), located as materialized (
      select *, greatest(open_day, max(day) over (partition by device_id)) as opens
      from (select *, ("timestamp" at time zone time_zone)::date as day
            from known where "timestamp" is not null) dated
    ), newest as (
      select distinct on (device_id) *,
             count(*) filter (where day = opens) over (partition by device_id)
               + case when open_day = opens then open_day_readings else 0 end as opens_readings,
             greatest(max("timestamp") filter (where day = opens) over (partition by device_id),
               case when open_day = opens then open_day_last_at end) as opens_last_at
      from located order by device_id, "timestamp" desc
    ), state as (
      update device_state s
      set last_telemetry_at = n."timestamp", voltage = n.voltage, current = n.current,
          power_factor = n.power_factor, temperature_c = n.temperature_c,
          battery_v = n.battery_v, rssi_dbm = n.rssi_dbm, open_day = n.opens,
          open_day_readings = n.opens_readings, open_day_last_at = n.opens_last_at
      from newest n
      where s.device_id = n.device_id
        and (n.last_telemetry_at is null or n.last_telemetry_at < n."timestamp")
    ), late as (
      update device_state s
      set open_day = n.opens, open_day_readings = n.opens_readings, open_day_last_at = n.opens_last_at
      from newest n
      where s.device_id = n.device_id and n.last_telemetry_at > n."timestamp"
        and (n.opens, n.opens_readings) is distinct from (n.open_day, n.open_day_readings)
    ), closed as (
      select device_id, day, count(*) as readings, max("timestamp") as last_at
      from located where day <> opens group by device_id, day
      union all
      select device_id, open_day, open_day_readings, open_day_last_at
      from newest where open_day < opens
    ), days as (
      insert into closed_telemetry_days as d (device_id, day, reading_count, last_telemetry_at)
      select device_id, day, sum(readings), max(last_at) from closed
      group by device_id, day order by device_id, day
      on conflict (device_id, day) do update
      set reading_count = d.reading_count + excluded.reading_count,
          last_telemetry_at = greatest(d.last_telemetry_at, excluded.last_telemetry_at)
    )
    select (select row_to_json(gate) from gate) as locked,
           (select admitted from admission) as admitted,
           count(*)::int as created,
           case when count(*) < ${rows.length}::int then array_agg(device_id) end as device_ids,
           case when count(*) < ${rows.length}::int
             then array_agg((extract(epoch from "timestamp") * 1000)::float8) end as times_ms
    from inserted`;
}

/** Tells stored rows from duplicates, by the keys that came back when not all were stored. */
function outcomesOf(stored: Stored, rows: TelemetryRow[]): (row: TelemetryRow) => Outcome {
  if (stored.created === rows.length) return () => "created";
  const times = stored.times_ms ?? [];
  const keys = new Set(stored.device_ids?.map((id, i) => `${id} ${times[i]}`));
  return (row) => (keys.has(identity(row)) ? "created" : "duplicate");
}
