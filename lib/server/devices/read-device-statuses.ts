import { type SQL, sql } from "drizzle-orm";
import type { Reach } from "@/lib/domain/access/reach";
import type { AlertSeverity, AlertType } from "@/lib/domain/alerts/alerting";
import { type Connection, connectionOf, offlineSince } from "@/lib/domain/devices/connection";
import { type DeviceStatus, deviceStatus, healthScore } from "@/lib/domain/devices/health";
import { later } from "@/lib/domain/devices/live";
import { powerW } from "@/lib/domain/devices/power";
import { cutPage, type Page, type PageRequest, rowsToFetch } from "@/lib/domain/values/paging";
import type { Context } from "@/lib/server/context";
import {
  connectionAt,
  devicesInPlace,
  inUse,
  offlineAfterSecondsOfPlace,
  silentAt,
} from "@/lib/server/device-state/silence";
import { isoInstant } from "@/lib/server/iso-instant";
import { asColumns, type Columns, eachRow } from "@/lib/server/read-columns";
import { PLACE, zoneWithin } from "@/lib/server/scope/within-reach";
import { epochMs, idList, openAlert } from "@/lib/server/sql";

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
  own_offline_s: number | null;
  telemetry_ms: number | null;
  parking_log_ms: number | null;
  is_occupied: boolean | null;
  occupancy_since_ms: number | null;
  voltage: number | null;
  current: number | null;
};

const COLUMNS: (keyof Row)[] = [
  ...([
    "id",
    "code",
    "name",
    "zone_id",
    "own_offline_s",
    "telemetry_ms",
    "parking_log_ms",
  ] as const),
  ...(["is_occupied", "occupancy_since_ms", "voltage", "current"] as const),
];

/** What devices share with others of their zone. */
type Place = {
  zone_id: number;
  zone_code: string;
  facility_id: number;
  facility_name: string;
  /** The silence that a device without a limit of its own is allowed. */
  offline_s: number;
};

type OpenAlerts = {
  open_alerts: number;
  open_types: AlertType[];
  worst_open: AlertSeverity | null;
};
const NO_ALERTS: OpenAlerts = { open_alerts: 0, open_types: [], worst_open: null };

type Read = {
  places: Place[] | null;
  alerts: (OpenAlerts & { device_id: number })[] | null;
  columns: Columns<Row>;
};

/**
 * The devices in use, by code, from their state rows. Silence counts at once, whether or not the
 * offline check has run since. Rules: docs/rules.md#status and docs/rules.md#health.
 */
export async function readDeviceStatuses(
  { db, actor, now }: Context,
  query: DeviceStatusQuery,
): Promise<Page<DeviceStatusRow, DeviceCursor>> {
  const matching = matchingDevices(query, actor.reach, now);
  const isPage = query.limit !== undefined || query.cursor !== undefined;
  const counting = isPage
    ? db.execute<{ total: number }>(sql`select count(*)::int as total ${matching}`)
    : null;
  const [counted, [read]] = await Promise.all([
    counting,
    db.execute<Read>(sql`
      with listed as materialized (
        select d.id, d.code, d.name, d.zone_id, d.offline_after_seconds as own_offline_s,
               ${epochMs("s.last_telemetry_at")} as telemetry_ms,
               ${epochMs("s.last_parking_log_at")} as parking_log_ms, s.is_occupied,
               ${epochMs("s.occupancy_since")} as occupancy_since_ms, s.voltage, s.current
        from devices d join device_state s on s.device_id = d.id
        where d.id in (select d.id ${matching} ${isPage ? partOf(query) : sql``})
        order by d.code
      )
      select (
        select json_agg(p) from (
          select z.id as zone_id, z.code as zone_code, f.id as facility_id, f.name as facility_name,
                 ${offlineAfterSecondsOfPlace} as offline_s
          from zones z join facilities f on f.id = z.facility_id
          where z.id in (select zone_id from listed)
        ) p
      ) as places, (
        select json_agg(a) from (
          select o.device_id, ${openAlerts} and o.device_id in (select id from listed)
          group by o.device_id
        ) a
      ) as alerts, (select ${asColumns<Row>(COLUMNS)} from listed r) as columns`),
  ]);
  const { places, alerts, columns } = read!;
  const placeOf = new Map(places?.map((place) => [place.zone_id, place]));
  const alertsOf = new Map(alerts?.map((open) => [open.device_id, open]));
  const statuses = eachRow(columns, (row) =>
    statusOf(row, placeOf.get(row.zone_id)!, alertsOf.get(row.id) ?? NO_ALERTS, now.getTime()),
  );
  const total = counted?.[0]?.total ?? statuses.length;
  return cutPage(statuses, total, query.limit, ({ code }) => code);
}

/** A page is cut before anything is looked up for its devices. */
const partOf = ({ cursor, limit }: DeviceStatusQuery) => sql`
  and ${cursor === undefined ? sql`true` : sql`d.code > ${cursor}`}
  order by d.code limit ${rowsToFetch(limit)}`;

const openAlerts = sql`count(*)::int as open_alerts, max(o.severity) as worst_open,
  array_agg(o.alert_type::text order by o.alert_type) as open_types
  from alerts o where ${openAlert("o")}`;
const openAlertsOfAll = sql`left join (
  select o.device_id, ${openAlerts} group by o.device_id) a on a.device_id = d.id`;

/**
 * From where, and on which conditions, the devices of a list come. Without filters by what they do,
 * devices alone are looked at, those of one place after the other: nothing then depends on what the
 * planner believes of small tables, which are never analyzed.
 */
function matchingDevices(query: DeviceStatusQuery, reach: Reach, now: Date): SQL {
  if (query.status !== undefined || query.connection !== undefined) {
    return sql`from ${devicesInPlace} join device_state s on s.device_id = d.id ${openAlertsOfAll}
      where ${conditions(query, reach, silentAt(now))}`;
  }
  return sql`from devices d where d.retired_at is null and d.zone_id = any(array(
      select z.id from zones z join facilities f on f.id = z.facility_id
      where z.retired_at is null and f.retired_at is null and ${zonesOf(query, reach)}
    )) and ${devicesOf(query, reach)}`;
}

function zonesOf({ facilityId, zoneId }: DeviceStatusQuery, reach: Reach): SQL {
  const all = [zoneWithin(reach, PLACE)];
  if (facilityId !== undefined) all.push(sql`z.facility_id = ${facilityId}::int`);
  if (zoneId !== undefined) all.push(sql`z.id = ${zoneId}::int`);
  return sql.join(all, sql` and `);
}

function devicesOf({ ids, search }: DeviceStatusQuery, reach: Reach): SQL {
  const all = [reach.kind === "device" ? sql`d.id = ${reach.id}::int` : sql`true`];
  if (ids !== undefined) all.push(sql`d.id = any(${idList(ids)})`);
  if (search !== undefined) {
    const found = (text: SQL) => sql`strpos(lower(${text}), lower(${search})) > 0`;
    all.push(sql`(${found(sql`d.code`)} or ${found(sql`coalesce(d.name, '')`)})`);
  }
  return sql.join(all, sql` and `);
}

function conditions(query: DeviceStatusQuery, reach: Reach, silent: SQL): SQL {
  const { status, connection } = query;
  const all = [sql`${inUse}`, zonesOf(query, reach), devicesOf(query, reach)];
  // The same as deviceStatus(), for the database to count and page by.
  if (status !== undefined) {
    all.push(sql`case when a.worst_open = 'CRITICAL' then 'CRITICAL'
      when a.worst_open = 'WARNING' or ${silent} then 'WARNING' else 'OK' end = ${status}`);
  }
  if (connection !== undefined) all.push(sql`${connectionAt(silent)} = ${connection}`);
  return sql.join(all, sql` and `);
}

const iso = (ms: number | null) => (ms === null ? null : isoInstant(ms));

function statusOf(row: Row, place: Place, alerts: OpenAlerts, now: number) {
  const { telemetry_ms, parking_log_ms, voltage, current } = row;
  const { open_alerts: openAlerts, worst_open } = alerts;
  const limits = { offlineAfterSeconds: row.own_offline_s ?? place.offline_s };
  const lastSeen = later(telemetry_ms, parking_log_ms);
  const lastContact = row.own_offline_s === null ? telemetry_ms : lastSeen;
  const telemetryAt = iso(telemetry_ms);
  const parkingLogAt = iso(parking_log_ms);
  const lastSeenAt = lastSeen === telemetry_ms ? telemetryAt : parkingLogAt;
  const heard = { lastSeen, lastContact };
  const connection = connectionOf(heard, limits, now);
  const silent = connection === "offline";
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    zone_id: row.zone_id,
    zone_code: place.zone_code,
    facility_id: place.facility_id,
    facility_name: place.facility_name,
    last_telemetry_at: telemetryAt,
    last_parking_log_at: parkingLogAt,
    last_seen_at: lastSeenAt,
    status: deviceStatus(worst_open, silent),
    connection,
    /** The same in a yes or no. */
    online: connection === "online",
    is_occupied: silent ? null : row.is_occupied,
    occupancy_since: silent || row.is_occupied === null ? null : iso(row.occupancy_since_ms),
    offline_since: silent ? iso(offlineSince(heard, limits, now)) : null,
    /** What silence is counted from, and how much of it is allowed. */
    last_contact_at: lastContact === lastSeen ? lastSeenAt : telemetryAt,
    offline_after_seconds: limits.offlineAfterSeconds,
    voltage,
    current,
    power_w: voltage === null || current === null ? null : powerW(voltage, current),
    health_score: healthScore({ openAlerts, lastTelemetryAt: telemetry_ms, limits }, now),
    open_alerts: openAlerts,
    worst_open,
    open_alert_types: alerts.open_types,
  };
}
