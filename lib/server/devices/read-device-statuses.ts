import { type SQL, sql } from "drizzle-orm";
import type { AlertSeverity, AlertType } from "@/lib/domain/alerting";
import { type DeviceStatus, deviceStatus, healthScore } from "@/lib/domain/health";
import { cutPage, type Page, type PageRequest, rowsToFetch } from "@/lib/domain/paging";
import type { Reach } from "@/lib/domain/reach";
import { powerW } from "@/lib/domain/telemetry";
import type { Context } from "@/lib/server/context";
import { deviceWithin, PLACE } from "@/lib/server/scope/within-reach";
import { devicesInPlace, inUse, lastContact, silentAt } from "./silence";

/** Where a list of devices goes on: after this code. */
export type DeviceCursor = string;

export type DeviceStatusQuery = PageRequest<DeviceCursor> & {
  facilityId?: number;
  zoneId?: number;
  /** Part of a code or name, in upper or lower case. */
  search?: string;
  status?: DeviceStatus;
};

/** What is known of a device now. Times are ISO 8601 in UTC; volts, amperes, watts. */
export type DeviceStatusRow = ReturnType<typeof statusOf>;

type Row = {
  id: number;
  code: string;
  zone_id: number;
  zone_code: string;
  facility_id: number;
  facility_name: string;
  telemetry_ms: number | null;
  parking_log_ms: number | null;
  in_contact: boolean;
  silent: boolean;
  is_occupied: boolean | null;
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
    select d.id, d.code, d.zone_id, z.code as zone_code, z.facility_id, f.name as facility_name,
           (extract(epoch from s.last_telemetry_at) * 1000)::float8 as telemetry_ms,
           (extract(epoch from s.last_parking_log_at) * 1000)::float8 as parking_log_ms,
           (${lastContact}) is not null as in_contact, ${silent} as silent,
           s.is_occupied, s.voltage, s.current, a.open_alerts, a.open_types, a.worst_open
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
  { facilityId, zoneId, search, status }: DeviceStatusQuery,
  reach: Reach,
  silent: SQL,
): SQL {
  const all = [sql`${inUse}`, deviceWithin(reach, PLACE)];
  if (facilityId !== undefined) all.push(sql`z.facility_id = ${facilityId}::int`);
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
  return sql.join(all, sql` and `);
}

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

function statusOf(row: Row, now: number) {
  const { telemetry_ms, parking_log_ms, silent, voltage, current, open_alerts } = row;
  const seen = [telemetry_ms, parking_log_ms].filter((ms) => ms !== null);
  return {
    id: row.id,
    code: row.code,
    zone_id: row.zone_id,
    zone_code: row.zone_code,
    facility_id: row.facility_id,
    facility_name: row.facility_name,
    last_telemetry_at: iso(telemetry_ms),
    last_parking_log_at: iso(parking_log_ms),
    last_seen_at: seen.length === 0 ? null : iso(Math.max(...seen)),
    status: deviceStatus(row.worst_open, silent),
    online: row.in_contact && !silent,
    is_occupied: silent ? null : row.is_occupied,
    voltage,
    current,
    power_w: voltage === null || current === null ? null : powerW(voltage, current),
    health_score: healthScore({ openAlerts: open_alerts, lastTelemetryAt: telemetry_ms }, now),
    open_alerts,
    open_alert_types: row.open_types ?? [],
  };
}
