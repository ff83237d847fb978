import { type SQL, sql } from "drizzle-orm";
import type { DeviceStatus, HeartbeatColumn, HeartbeatSort } from "@/lib/domain/devices/health";
import { type StateFilter, statesOf } from "@/lib/domain/devices/live";
import type { Context } from "@/lib/server/context";
import {
  connectionAt,
  devicesInPlace,
  inUse,
  offlineAfterSeconds,
  silentAt,
} from "@/lib/server/device-state/silence";
import { deviceWithin, PLACE } from "@/lib/server/scope/within-reach";
import { openAlert, wordList } from "@/lib/server/sql";
import { type DeviceStatusRow, readDeviceStatuses } from "./read-device-statuses";

type Wanted = {
  facilityId?: number;
  zoneId?: number;
  /** Part of a code or name, in upper or lower case. */
  search?: string;
  /** A device that never connected has none. */
  status?: DeviceStatus;
  state?: StateFilter;
  sort: HeartbeatSort;
  limit: number;
  /** How many devices of the list come before the page. */
  skip: number;
};

/** A page of the list; `total` counts the whole of it. */
export type HeartbeatPage = { rows: DeviceStatusRow[]; total: number };

/** The devices in use, a page of them in any order; of equal ones by code. */
export async function readHeartbeat(context: Context, wanted: Wanted): Promise<HeartbeatPage> {
  const { db, actor, now } = context;
  const { column, descending } = wanted.sort;
  const way = descending ? sql`desc nulls last` : sql`asc nulls last`;
  const [found] = await db.execute<{ total: number; ids: number[] }>(sql`
    with device as (
      select d.id, d.code, d.name, z.code as zone_code, s.is_occupied, s.last_telemetry_at,
             greatest(s.last_telemetry_at, s.last_parking_log_at) as seen,
             ${silentAt(now)} as silent, ${connectionAt(silentAt(now))} as connection,
             ${offlineAfterSeconds} as offline_after, o.worst, coalesce(o.alerts, 0) as alerts
      from ${devicesInPlace} join device_state s on s.device_id = d.id
      left join (select device_id, max(severity) as worst, count(*)::int as alerts from alerts a
                 where ${openAlert("a")} group by device_id) o
             on o.device_id = d.id
      where ${inUse} and ${deviceWithin(actor.reach, PLACE)}
        and ${wanted.facilityId === undefined ? sql`true` : sql`z.facility_id = ${wanted.facilityId}::int`}
        and ${wanted.zoneId === undefined ? sql`true` : sql`z.id = ${wanted.zoneId}::int`}
    ), matching as (
      select id, code, ${SORT_VALUES[column](now)} as sort_value from device
      where ${conditions(wanted)}
    )
    select (select count(*)::int from matching) as total,
           array(select id from matching order by sort_value ${way}, code
                 limit ${wanted.limit} offset ${wanted.skip}) as ids`);
  const { ids, total } = found!;
  const { rows } = ids.length === 0 ? { rows: [] } : await readDeviceStatuses(context, { ids });
  const byId = new Map(rows.map((row) => [row.id, row]));
  // A device that was retired in between is gone from both.
  return { total, rows: ids.flatMap((id) => byId.get(id) ?? []) };
}

// Of a row of `device` above: the same as deviceStatus() and the states of lib/domain/devices/live.ts.
const STATUS = sql.raw(`case when connection = 'never' and worst is null then null
  when worst = 'CRITICAL' then 'CRITICAL' when worst = 'WARNING' or silent then 'WARNING'
  else 'OK' end`);
const STATE = sql.raw(`case when connection <> 'online' then connection
  when is_occupied is null then 'unknown' when is_occupied then 'occupied' else 'free' end`);

const SORT_VALUES: Record<HeartbeatColumn, (now: Date) => SQL> = {
  device: () => sql`code`,
  zone: () => sql`zone_code`,
  status: () =>
    sql`array_position(array['CRITICAL', 'WARNING', '', 'OK'], coalesce(${STATUS}, ''))`,
  seen: () => sql`seen`,
  state: () =>
    sql`array_position(array['offline', 'never', 'unknown', 'occupied', 'free'], ${STATE})`,
  // As healthScore() has it.
  health: (now) => sql`greatest(0, 100 - 10 * alerts - case when coalesce(last_telemetry_at
    >= ${now.toISOString()}::timestamptz - make_interval(secs => greatest(300, offline_after)),
    false) then 0 else 30 end)`,
  alerts: () => sql`alerts`,
};

function conditions({ search, status, state }: Wanted): SQL {
  const all = [sql`true`];
  if (search !== undefined) {
    const found = (text: SQL) => sql`strpos(lower(${text}), lower(${search})) > 0`;
    all.push(sql`(${found(sql`code`)} or ${found(sql`coalesce(name, '')`)})`);
  }
  if (status !== undefined) all.push(sql`${STATUS} = ${status}`);
  if (state !== undefined) {
    all.push(sql`${STATE} = any(${wordList(statesOf(state))})`);
  }
  return sql.join(all, sql` and `);
}
