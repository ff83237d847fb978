import { setTimeout as delay } from "node:timers/promises";
import type { Sql } from "@/db/client";
import { isLockTimeout } from "@/db/errors";
import type { AlertType } from "@/lib/domain/alerts/alerting";
import { READING_CAUSES } from "@/lib/domain/alerts/alerting";
import type { PriorState } from "@/lib/server/alerts/apply-readings";
import { arrayLiteral } from "@/lib/server/sql";
import type { IngestRow, Outcome } from "./ingest-row";

/** Some devices were deleted between the look-up and the flush. */
class DevicesGone extends Error {
  constructor(readonly there: Set<number>) {
    super("devices were deleted");
  }
}

/** What a flush learns of the devices that it locked. */
export type Locked = {
  devices: number;
  there: number[] | null;
  /** Devices whose alerts this flush may change. */
  attention: { device_id: number; known_ms: number | null; live_alerts: AlertType[] }[] | null;
};

/** Ids of the rows' devices, each once. */
export const idsOf = (rows: IngestRow[]) => [...new Set(rows.map((row) => row.device.id))];

export const deviceCount = (rows: IngestRow[]): number => idsOf(rows).length;

/**
 * SQL that locks the state rows of the rows' devices, in the order of their ids, so that concurrent
 * writers can't deadlock and everything about a device happens one after the other.
 */
export const lockedDevices = (sql: Sql, rows: IngestRow[]) => sql`
  select * from device_state where device_id = any(${arrayLiteral(idsOf(rows))}::int[])
  order by device_id for update`;

/** Devices whose readings in this flush concern alerts. */
export type Concern = {
  /** A reading may raise an alert. */
  breaching: number[];
  /** A reading is new enough to end a silence. */
  fresh: number[];
};

/**
 * SQL that reads `Locked` from the CTE `locked`. A device needs attention when a reading may raise
 * an alert, when alerts of readings live, or when its silence is over.
 */
export const lockedFacts = (sql: Sql, { breaching, fresh }: Concern) => sql`
  select count(*)::int as devices, array_agg(device_id) as there,
         json_agg(json_build_object('device_id', device_id, 'live_alerts', live_alerts,
           'known_ms', (extract(epoch from last_telemetry_at) * 1000)::float8))
           filter (where live_alerts && ${`{${READING_CAUSES.join(",")}}`}::alert_type[]
             or ('offline' = any(live_alerts) and device_id = any(${arrayLiteral(fresh)}::int[]))
             or device_id = any(${arrayLiteral(breaching)}::int[])) as attention
  from locked`;

/** What was known, before the flush, of the devices that need attention. */
export function priorStates(locked: Locked): Map<number, PriorState> {
  return new Map(
    locked.attention?.map((state) => [
      state.device_id,
      { lastTelemetryAt: state.known_ms, liveAlerts: state.live_alerts },
    ]),
  );
}

/** @throws when a device is gone; `forReachableDevices` then goes on without it */
export function requireAllDevices(locked: Locked, rows: IngestRow[]): void {
  if (locked.devices < deviceCount(rows)) throw new DevicesGone(new Set(locked.there));
}

/** How often a flush goes on without devices that turn out to be locked or gone. */
const MAX_ATTEMPTS = 3;

/**
 * Runs a store and, when devices turn out to be gone or locked by someone for long, runs it again
 * without their rows.
 * @returns the outcome of each row
 */
export async function forReachableDevices<Row extends IngestRow>(
  sql: Sql,
  rows: Row[],
  store: (rows: Row[]) => Promise<(row: Row) => Outcome>,
  attempt = 1,
): Promise<(row: Row) => Outcome> {
  if (rows.length === 0) return () => "unknown_device";
  try {
    return await store(rows);
  } catch (error) {
    const gone = error instanceof DevicesGone;
    if ((!gone && !isLockTimeout(error)) || attempt === MAX_ATTEMPTS) throw error;
    const reachable = gone ? error.there : await unlockedDevices(sql, rows);
    const isReachable = (row: Row) => reachable.has(row.device.id);
    const rest = rows.filter(isReachable);
    const outcomeOf = await forReachableDevices(sql, rest, store, attempt + 1);
    return (row) => (isReachable(row) ? outcomeOf(row) : gone ? "unknown_device" : "busy");
  }
}

/** The other lane locks devices too, each time for a moment: what is locked is looked at again. */
const LOOKS = 5;
const LOOK_AGAIN_MS = 50;

async function unlockedDevices(sql: Sql, rows: IngestRow[]): Promise<Set<number>> {
  const unlocked = new Set<number>();
  let locked = idsOf(rows);
  for (let look = 1; locked.length > 0 && look <= LOOKS; look++) {
    if (look > 1) await delay(LOOK_AGAIN_MS);
    const free = await sql<{ device_id: number }[]>`
      select device_id from device_state where device_id = any(${arrayLiteral(locked)}::int[])
      order by device_id for update skip locked`;
    for (const { device_id } of free) unlocked.add(device_id);
    locked = locked.filter((id) => !unlocked.has(id));
  }
  return unlocked;
}
