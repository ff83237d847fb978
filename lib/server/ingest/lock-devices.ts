import type { Sql } from "@/db/client";
import type { AlertType } from "@/lib/domain/alerting";
import type { PriorState } from "@/lib/server/alerts/apply-readings";
import { arrayLiteral, type IngestRow, type Outcome } from "./flush";

/** Some devices were deleted between the look-up and the flush: the transaction rolls back. */
class DevicesGone extends Error {
  constructor(readonly deviceIds: Set<number>) {
    super("devices were deleted");
  }
}

type Locked = {
  devices: number;
  attention: { device_id: number; known_ms: number | null; live_alerts: AlertType[] }[] | null;
};

/**
 * Locks the state rows of the rows' devices, in the order of their ids, so that concurrent writers
 * can't deadlock and everything about a device happens one after the other.
 * @param breaching devices with a reading that may raise an alert
 * @returns what was known of the devices that have live alerts or are in `breaching`
 * @throws when a device is gone; `forDevicesThatExist` goes on without it
 */
export async function lockDevices(
  tx: Sql,
  rows: IngestRow[],
  breaching: number[],
): Promise<Map<number, PriorState>> {
  const ids = [...new Set(rows.map((row) => row.device.id))];
  const [locked] = await tx<[Locked]>`
    with locked as materialized (
      select device_id, last_telemetry_at, live_alerts from device_state
      where device_id = any(${arrayLiteral(ids)}::int[])
      order by device_id for update
    )
    select count(*)::int as devices,
           json_agg(json_build_object('device_id', device_id, 'live_alerts', live_alerts,
             'known_ms', (extract(epoch from last_telemetry_at) * 1000)::float8))
             filter (where live_alerts <> '{}'
               or device_id = any(${arrayLiteral(breaching)}::int[])) as attention
    from locked`;
  if (locked.devices < ids.length) throw new DevicesGone(await missing(tx, ids));
  return new Map(
    locked.attention?.map((state) => [
      state.device_id,
      { lastTelemetryAt: state.known_ms, liveAlerts: state.live_alerts },
    ]),
  );
}

async function missing(tx: Sql, ids: number[]): Promise<Set<number>> {
  const there = await tx<{ device_id: number }[]>`
    select device_id from device_state where device_id = any(${arrayLiteral(ids)}::int[])`;
  const known = new Set(there.map((row) => row.device_id));
  return new Set(ids.filter((id) => !known.has(id)));
}

/**
 * Runs a store and, when devices turn out to be gone, runs it again without their rows.
 * @returns the outcome of each row
 */
export async function forDevicesThatExist<Row extends IngestRow>(
  rows: Row[],
  store: (rows: Row[]) => Promise<(row: Row) => Outcome>,
): Promise<(row: Row) => Outcome> {
  if (rows.length === 0) return () => "unknown_device";
  try {
    return await store(rows);
  } catch (error) {
    if (!(error instanceof DevicesGone)) throw error;
    const { deviceIds } = error;
    const there = rows.filter((row) => !deviceIds.has(row.device.id));
    const outcomeOf = await forDevicesThatExist(there, store);
    return (row) => (deviceIds.has(row.device.id) ? "unknown_device" : outcomeOf(row));
  }
}
