import { type SQL, sql } from "drizzle-orm";
import type { AlertSeverity, AlertType } from "@/lib/domain/alerting";
import { type Connection, connectionOf } from "@/lib/domain/connection";
import { type DeviceStatus, deviceStatus, healthScore } from "@/lib/domain/health";
import { cutPage, type Page, type PageRequest, rowsToFetch } from "@/lib/domain/paging";
import { powerW } from "@/lib/domain/power";
import type { Reach } from "@/lib/domain/reach";
import type { Context } from "@/lib/server/context";
import { deviceWithin, PLACE } from "@/lib/server/scope/within-reach";
import {
  connectionAt,
  devicesInPlace,
  inUse,
  lastContact,
  offlineAfterSeconds,
  silentAt,
} from "./silence";

/** Where a list of devices goes on: after this code. */
export type DeviceCursor = string;

export type DeviceStatusQuery = PageRequest<DeviceCursor> & {
  facilityId?: number;
  zoneId?: number;
  /** Of these devices alone. */
  ids?: readonly number[];
  /** Part of a code or name, in upper or lower case. */
  search?: string;
  status?: DeviceStatus;
  connection?: Connection;
};

/** What is known of a device now. Times are ISO 8601 in UTC; volts, amperes, watts. */
export type DeviceStatusRow = ReturnType<typeof statusOf>;

type Row = {
  id: number;
  code: string;
  name: string | null;
  zone_id: number;
  zone_code: string;
  facility_id: number;
  facility_name: string;
  telemetry_ms: number | null;
  parking_log_ms: number | null;
  contact_ms: number | null;
  offline_after_seconds: number;
  is_occupied: boolean | null;
  occupancy_since_ms: number | null;
  voltage: number | null;
  current: number | null;
  open_alerts: number;
  open_types: AlertType[] | null;
  worst_open: AlertSeverity | null;
};

/**
 * The devices in use, by code, from their state rows. Silence counts at once, whether or not the
 * offline check has run since. Source: DESIGN section 3, "health", and section 4.
 */
export async function readDeviceStatuses(
  { db, actor, now }: Context,
  query: DeviceStatusQuery,
): Promise<Page<DeviceStatusRow, DeviceCursor>> {
  const silent = silentAt(now);
  const matching = sql`from ${devicesInPlace} join device_state s on s.device_id = d.id
    ${query.status ? openAlerts : sql``} where ${conditions(query, actor.reach, silent)}`;
  const counting =
    query.limit === undefined && query.cursor === undefined
      ? null
      : db.execute<{ total: number }>(sql`select count(*)::int as total ${matching}`);
  const reading = db.execute<Row>(sql`
    select d.id, d.code, d.name, d.zone_id, z.code as zone_code, z.facility_id,
           f.name as facility_name,
           (extract(epoch from s.last_telemetry_at) * 1000)::float8 as telemetry_ms,
           (extract(epoch from s.last_parking_log_at) * 1000)::float8 as parking_log_ms,
           (extract(epoch from ${lastContact}) * 1000)::float8 as contact_ms,
           ${offlineAfterSeconds} as offline_after_seconds, s.is_occupied,
           (extract(epoch from s.occupancy_since) * 1000)::float8 as occupancy_since_ms,
           s.voltage, s.current, a.open_alerts, a.open_types, a.worst_open
    from ${devicesInPlace} join device_state s on s.device_id = d.id ${openAlerts}
    where ${conditions(query, actor.reach, silent)}
      and ${query.cursor === undefined ? sql`true` : sql`d.code > ${query.cursor}`}
    order by d.code limit ${rowsToFetch(query.limit)}`);
  const [counted, rows] = await Promise.all([counting, reading]);
  const statuses = [...rows].map((row) => statusOf(row, now.getTime()));
  const total = counted?.[0]?.total ?? statuses.length;
  return cutPage(statuses, total, query.limit, ({ code }) => code);
}

/** By device, through the index of open alerts: most devices have none. */
const openAlerts = sql`cross join lateral (
  select count(*)::int as open_alerts, max(o.severity) as worst_open,
         array_agg(o.alert_type::text order by o.alert_type) as open_types
  from alerts o
  where o.device_id = d.id and o.resolved_at is null and o.acknowledged_at is null
) a`;

function conditions(
  { facilityId, zoneId, ids, search, status, connection }: DeviceStatusQuery,
  reach: Reach,
  silent: SQL,
): SQL {
  const all = [sql`${inUse}`, deviceWithin(reach, PLACE)];
  if (facilityId !== undefined) all.push(sql`z.facility_id = ${facilityId}::int`);
  if (ids !== undefined) all.push(sql`d.id = any(${`{${ids.join(",")}}`}::int[])`);
  if (zoneId !== undefined) all.push(sql`d.zone_id = ${zoneId}::int`);
  if (search !== undefined) {
    const found = (text: SQL) => sql`strpos(lower(${text}), lower(${search})) > 0`;
    all.push(sql`(${found(sql`d.code`)} or ${found(sql`coalesce(d.name, '')`)})`);
  }
  // The same as deviceStatus(), for the database to count and page by.
  if (status !== undefined) {
    all.push(sql`case when a.worst_open = 'CRITICAL' then 'CRITICAL'
      when a.worst_open = 'WARNING' or ${silent} then 'WARNING' else 'OK' end = ${status}`);
  }
  if (connection !== undefined) all.push(sql`${connectionAt(silent)} = ${connection}`);
  return sql.join(all, sql` and `);
}

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

function statusOf(row: Row, now: number) {
  const { telemetry_ms, parking_log_ms, voltage, current, open_alerts } = row;
  const seen = [telemetry_ms, parking_log_ms].filter((ms) => ms !== null);
  const lastSeen = seen.length === 0 ? null : Math.max(...seen);
  const connection = connectionOf(
    { lastSeen, lastContact: row.contact_ms },
    { offlineAfterSeconds: row.offline_after_seconds },
    now,
  );
  const silent = connection === "offline";
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    zone_id: row.zone_id,
    zone_code: row.zone_code,
    facility_id: row.facility_id,
    facility_name: row.facility_name,
    last_telemetry_at: iso(telemetry_ms),
    last_parking_log_at: iso(parking_log_ms),
    last_seen_at: iso(lastSeen),
    status: deviceStatus(row.worst_open, silent),
    connection,
    /** The same in a yes or no. */
    online: connection === "online",
    is_occupied: silent ? null : row.is_occupied,
    occupancy_since: silent || row.is_occupied === null ? null : iso(row.occupancy_since_ms),
    /** What silence is counted from, and when it begins. */
    last_contact_at: iso(row.contact_ms),
    offline_after_seconds: row.offline_after_seconds,
    voltage,
    current,
    power_w: voltage === null || current === null ? null : powerW(voltage, current),
    health_score: healthScore({ openAlerts: open_alerts, lastTelemetryAt: telemetry_ms }, now),
    open_alerts,
    worst_open: row.worst_open,
    open_alert_types: row.open_types ?? [],
  };
}
