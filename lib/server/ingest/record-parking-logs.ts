import type { Sql } from "@/db/client";
import { monthOf, type Partitions } from "@/db/partitions";
import { resolveOfflineAlerts } from "@/lib/server/alerts/apply-readings";
import { arrayLiteral } from "@/lib/server/sql";
import { type IngestRow, type Outcome, withoutRepeats } from "./ingest-row";
import {
  forReachableDevices,
  idsOf,
  type Locked,
  lockedDevices,
  lockedFacts,
  priorStates,
  requireAllDevices,
} from "./lock-devices";

/** A parking log on its way into the database. */
export type ParkingLogRow = IngestRow & { isOccupied: boolean };

type Inserted = {
  device_id: number;
  ms: number;
  is_occupied: boolean;
  /** Whether any new log of the device is older than what was known of it. */
  late: boolean;
};

const identity = (row: { device: { id: number }; timestamp: number; isOccupied: boolean }) =>
  `${row.device.id} ${row.timestamp} ${row.isOccupied}`;

/**
 * Stores parking logs in one transaction with everything that follows from them: occupancy, day and
 * hour rollups, the end of silence. A log is identified by (device, timestamp, is_occupied); of two
 * states at one timestamp the later one in `rows` is the current state.
 * @returns the outcome of each row
 * @throws when the database refuses or is away; then nothing was stored, or no one can tell
 */
export async function recordParkingLogs(
  { sql, partitions, now }: { sql: Sql; partitions: Partitions; now: number },
  rows: ParkingLogRow[],
): Promise<Outcome[]> {
  const { unique, spread } = withoutRepeats(rows, identity);
  await partitions.ensure(
    "parking_logs",
    unique.map((row) => monthOf(row.timestamp)),
  );
  const outcomes = await forReachableDevices(sql, unique, (there) =>
    sql.begin((tx) => storeLogs(tx as unknown as Sql, there, now)),
  );
  return spread(outcomes);
}

async function storeLogs(tx: Sql, rows: ParkingLogRow[], now: number) {
  const contacts = rows.filter((row) => row.device.anyMessageCounts);
  const [[locked], inserted] = await Promise.all([
    tx<[Locked]>`
      with locked as materialized (${lockedDevices(tx, rows)})
      ${lockedFacts(tx, { breaching: [], fresh: idsOf(contacts) })}`,
    insertParkingLogs(tx, rows),
  ]);
  requireAllDevices(locked, rows);
  const prior = priorStates(locked);
  const keys = new Set(inserted.map((row) => `${row.device_id} ${row.ms} ${row.is_occupied}`));
  const isStored = (row: ParkingLogRow) => keys.has(identity(row));
  const late = new Set(inserted.filter((row) => row.late).map((row) => row.device_id));
  await recountOccupancySince(tx, [...late]);
  await resolveOfflineAlerts(
    tx,
    contacts.filter((row) => prior.has(row.device.id) && isStored(row)),
    now,
  );
  return (row: ParkingLogRow): Outcome => (isStored(row) ? "created" : "duplicate");
}

/** One statement: rows in order of arrival, newest state, day and hour rollups. */
function insertParkingLogs(tx: Sql, rows: ParkingLogRow[]) {
  return tx<Inserted[]>`
    with input as (
      select device_id, to_timestamp(ms / 1000) as "timestamp", is_occupied, position
      from unnest(${arrayLiteral(rows.map((r) => r.device.id))}::int[],
                  ${arrayLiteral(rows.map((r) => r.timestamp))}::float8[],
                  ${arrayLiteral(rows.map((r) => r.isOccupied))}::boolean[])
        with ordinality as i(device_id, ms, is_occupied, position)
    ), inserted as (
      insert into parking_logs (device_id, "timestamp", is_occupied)
      select i.device_id, i."timestamp", i.is_occupied from input i
      order by i.position
      on conflict do nothing
      returning device_id, "timestamp", is_occupied, arrival
    ), local as (
      select i.*, s.zone_id, s.time_zone, (i."timestamp" at time zone s.time_zone)::date as day,
             s.is_occupied as was_occupied,
             coalesce((i."timestamp", i.arrival) < (s.last_parking_log_at, s.last_arrival), false) as late
      from inserted i join device_state s on s.device_id = i.device_id
    ), ordered as (
      select *, bool_or(late) over (partition by device_id) as any_late,
             is_occupied is distinct from coalesce(lag(is_occupied) over (
               partition by device_id order by "timestamp", arrival), was_occupied) as changes
      from local
    ), newest as (
      select distinct on (device_id) *,
             max("timestamp") filter (where changes) over (partition by device_id) as changed_at
      from ordered order by device_id, "timestamp" desc, arrival desc
    ), state as (
      update device_state s
      set last_parking_log_at = n."timestamp", last_arrival = n.arrival, is_occupied = n.is_occupied,
          occupancy_since = coalesce(n.changed_at, s.occupancy_since)
      from newest n
      where s.device_id = n.device_id
        and (s.last_parking_log_at is null
          or (s.last_parking_log_at, s.last_arrival) < (n."timestamp", n.arrival))
    ), days as (
      insert into parking_days as d
        (device_id, day, event_count, last_parking_log_at, last_arrival, is_occupied)
      select distinct on (device_id, day)
             device_id, day, count(*) over (partition by device_id, day),
             "timestamp", arrival, is_occupied
      from local order by device_id, day, "timestamp" desc, arrival desc
      on conflict (device_id, day) do update
      set event_count = d.event_count + excluded.event_count,
          (last_parking_log_at, last_arrival, is_occupied) = (
            select case when later then excluded.last_parking_log_at else d.last_parking_log_at end,
                   case when later then excluded.last_arrival else d.last_arrival end,
                   case when later then excluded.is_occupied else d.is_occupied end
            from (select (d.last_parking_log_at, d.last_arrival)
                       < (excluded.last_parking_log_at, excluded.last_arrival) as later) c)
    ), hours as (
      insert into zone_hours as h (zone_id, hour, day, event_count)
      select zone_id, local_hour_start("timestamp", time_zone) as hour, day, count(*)
      from local group by 1, 2, 3 order by 1, 3, 2
      on conflict (zone_id, day, hour) do update set event_count = h.event_count + excluded.event_count
    )
    select device_id, (extract(epoch from "timestamp") * 1000)::float8 as ms, is_occupied,
           any_late as late
    from ordered`;
}

/** A late log may end or lengthen the run of equal states that a device is in. */
async function recountOccupancySince(tx: Sql, deviceIds: number[]) {
  if (deviceIds.length === 0) return;
  await tx`
    update device_state set occupancy_since = occupancy_since(device_id, is_occupied)
    where device_id = any(${arrayLiteral(deviceIds)}::int[])`;
}
