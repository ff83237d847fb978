import { sql } from "drizzle-orm";
import type { LimitLevel, LimitSettings } from "@/lib/domain/devices/limits";
import { DEFAULT_LIMITS, type LimitOrigins, limitOrigins } from "@/lib/domain/devices/limits";
import type { LiveDevice } from "@/lib/domain/devices/live";
import { notFound } from "@/lib/domain/values/problem";
import type { Context } from "@/lib/server/context";
import {
  devicesInPlace,
  lastContact,
  offlineAfterSeconds,
} from "@/lib/server/device-state/silence";
import { deviceWithin, PLACE } from "@/lib/server/scope/within-reach";
import { epochMs, isoUtc, openAlert } from "@/lib/server/sql";

/** What a device sends beside voltage and current, as it was in its newest reading. */
export type Measurements = {
  power_factor: number | null;
  temperature_c: number | null;
  battery_v: number | null;
  rssi_dbm: number | null;
};

/** A device with all that is known of it now. Times are ISO 8601 in UTC, in `facts` in ms. */
export type DeviceDetail = {
  facts: LiveDevice;
  measurements: Measurements;
  zone_name: string;
  facility_code: string;
  time_zone: string;
  created_at: string;
  /** Since when it, its zone or its facility is out of use. */
  retired_at: string | null;
  /** Whether any message counts as contact, not telemetry alone. */
  any_message_counts: boolean;
  limits: LimitOrigins;
};

type Row = Omit<LiveDevice, "read_at"> &
  Measurements &
  Omit<DeviceDetail, "facts" | "measurements" | "limits"> & {
    settings: Record<LimitLevel, LimitSettings>;
  };

/** @throws Problem 404, also for what is out of reach */
export async function readDeviceDetail(
  { db, actor, now }: Context,
  id: number,
): Promise<DeviceDetail> {
  const [row] = await db.execute<Row>(sql`
    select d.id, d.code, d.name, d.zone_id, z.facility_id,
           ${epochMs("s.last_telemetry_at")} as last_telemetry_at,
           ${epochMs("s.last_parking_log_at")} as last_parking_log_at,
           ${epochMs(lastContact)} as last_contact_at,
           ${offlineAfterSeconds} as offline_after_seconds,
           s.is_occupied, ${epochMs("s.occupancy_since")} as occupancy_since,
           s.voltage, s.current, a.open_alerts, a.worst_open,
           s.power_factor, s.temperature_c, s.battery_v, s.rssi_dbm,
           z.code as zone_code, z.name as zone_name,
           f.code as facility_code, f.name as facility_name, f.time_zone,
           ${isoUtc("d.created_at")} as created_at,
           ${isoUtc("least(d.retired_at, z.retired_at, f.retired_at)")} as retired_at,
           d.offline_after_seconds is not null as any_message_counts,
           json_build_object('device', ${settings("d")}, 'zone', ${settings("z")},
                             'facility', ${settings("f")}) as settings
    from ${devicesInPlace} join device_state s on s.device_id = d.id
    cross join lateral (
      select count(*)::int as open_alerts, max(o.severity) as worst_open from alerts o
      where o.device_id = d.id and ${openAlert("o")}
    ) a
    where d.id = ${id}::int and ${deviceWithin(actor.reach, PLACE)}`);
  if (!row) throw notFound("Device");
  return detailOf(row, now.getTime());
}

/** The rule limits that a device, zone or facility sets itself, by their names in the domain. */
const settings = (table: "d" | "z" | "f") =>
  sql.raw(
    `json_build_object(${Object.keys(DEFAULT_LIMITS)
      .map((name) => `'${name}', ${table}.${name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}`)
      .join(", ")})`,
  );

function detailOf({ settings, ...row }: Row, readAt: number): DeviceDetail {
  const { id, code, name, zone_id, facility_id, voltage, current, open_alerts, worst_open } = row;
  return {
    facts: {
      ...{ id, code, name, zone_id, facility_id, voltage, current, open_alerts, worst_open },
      last_telemetry_at: row.last_telemetry_at,
      last_parking_log_at: row.last_parking_log_at,
      last_contact_at: row.last_contact_at,
      offline_after_seconds: row.offline_after_seconds,
      is_occupied: row.is_occupied,
      occupancy_since: row.occupancy_since,
      zone_code: row.zone_code,
      facility_name: row.facility_name,
      read_at: readAt,
    },
    measurements: {
      power_factor: row.power_factor,
      temperature_c: row.temperature_c,
      battery_v: row.battery_v,
      rssi_dbm: row.rssi_dbm,
    },
    zone_name: row.zone_name,
    facility_code: row.facility_code,
    time_zone: row.time_zone,
    created_at: row.created_at,
    retired_at: row.retired_at,
    any_message_counts: row.any_message_counts,
    limits: limitOrigins(settings),
  };
}
