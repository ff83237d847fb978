import { type SQL, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import type { Context } from "@/lib/server/context";
import { lockDeviceStates } from "@/lib/server/device-state/lock-device-states";

import { arrayLiteral } from "@/lib/server/sql";
import { correctStates } from "./correct-states";
import { mergeRollup, type Rollup } from "./merge-rollup";

/** How many rows of each table had to be corrected. */
export type Corrections = {
  device_state: number;
  telemetry_days: number;
  parking_days: number;
  zone_hours: number;
};

const TELEMETRY_DAYS: Rollup = {
  table: "closed_telemetry_days",
  key: ["device_id", "day"],
  values: ["reading_count", "last_telemetry_at"],
};
const PARKING_DAYS: Rollup = {
  table: "parking_days",
  key: ["device_id", "day"],
  values: ["event_count", "last_parking_log_at", "last_arrival", "is_occupied"],
};
const ZONE_HOURS: Rollup = {
  table: "zone_hours",
  key: ["zone_id", "day", "hour"],
  values: ["event_count"],
};

/**
 * Makes state and rollups of whole zones what the raw rows, and the place and time zone of their
 * devices, say. Readings of these devices wait until the transaction ends. To be called inside a
 * transaction that holds the estate lock.
 */
export async function correctZones(
  { db }: Pick<Context, "db">,
  zoneIds: number[],
): Promise<Corrections> {
  // However much history there is, it has to be counted to the end.
  await db.execute(sql`set local statement_timeout = 0`);
  const zones = sql`select unnest(${arrayLiteral(zoneIds)}::int[])`;
  const found = await db.execute<{ id: number }>(
    sql`select id from devices where zone_id in (${zones}) order by id`,
  );
  const deviceIds = found.map((device) => device.id);
  const ofDevices = await correctDeviceRollups(db, deviceIds);
  const hours = sql`
    select s.zone_id, local_hour_start(p."timestamp", s.time_zone) as hour,
           (p."timestamp" at time zone s.time_zone)::date as day, count(*)::int as event_count
    from device_state s join parking_logs p on p.device_id = s.device_id
    where s.zone_id in (${zones}) group by 1, 2, 3`;
  const zoneHours = await mergeRollup(db, ZONE_HOURS, sql`r.zone_id in (${zones})`, hours);
  return { ...ofDevices, zone_hours: zoneHours };
}

/** The part of `correctZones` that is counted per device. */
export async function correctDeviceRollups(
  db: Connection,
  deviceIds: number[],
): Promise<Omit<Corrections, "zone_hours">> {
  if (deviceIds.length === 0) return { device_state: 0, telemetry_days: 0, parking_days: 0 };
  const ids = sql`select unnest(${arrayLiteral(deviceIds)}::int[])`;
  await lockDeviceStates(db, ids);
  const states = await correctStates(db, ids);
  const mine = sql`r.device_id in (${ids})`;
  return {
    device_state: states,
    telemetry_days: await mergeRollup(db, TELEMETRY_DAYS, mine, closedTelemetryDays(ids)),
    parking_days: await mergeRollup(db, PARKING_DAYS, mine, parkingDays(ids)),
  };
}

/** All local days with readings but the open one, which is counted on the state row. */
const closedTelemetryDays = (deviceIds: SQL) => sql`
  select t.device_id, (t."timestamp" at time zone s.time_zone)::date as day,
         count(*)::int as reading_count, max(t."timestamp") as last_telemetry_at
  from device_state s join telemetry t on t.device_id = s.device_id
  where s.device_id in (${deviceIds})
    and (t."timestamp" at time zone s.time_zone)::date <> s.open_day
  group by 1, 2`;

const parkingDays = (deviceIds: SQL) => sql`
  select distinct on (device_id, day) device_id, day,
         (count(*) over (partition by device_id, day))::int as event_count,
         "timestamp" as last_parking_log_at, arrival as last_arrival, is_occupied
  from (
    select p.*, (p."timestamp" at time zone s.time_zone)::date as day
    from device_state s join parking_logs p on p.device_id = s.device_id
    where s.device_id in (${deviceIds})
  ) located
  order by device_id, day, "timestamp" desc, arrival desc`;
