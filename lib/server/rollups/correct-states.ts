import { type SQL, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";

/**
 * Makes the state rows of devices what the raw rows say: place and time zone, newest reading, the
 * count of its local day, newest parking log. The rows must be locked.
 * @param deviceIds a query of ids
 * @returns how many rows were added or changed
 */
export async function correctStates(db: Connection, deviceIds: SQL): Promise<number> {
  const placed = await db.execute(sql`
    insert into device_state as s (device_id, zone_id, time_zone)
    select * from (
      select d.id, d.zone_id, f.time_zone
      from devices d join zones z on z.id = d.zone_id join facilities f on f.id = z.facility_id
      where d.id in (${deviceIds})
      except select device_id, zone_id, time_zone from device_state
    ) differing order by 1
    on conflict (device_id) do update set zone_id = excluded.zone_id, time_zone = excluded.time_zone
    returning device_id`);
  const corrected = await db.execute(sql`
    with fresh as (
      select s.device_id, t.*, o.*, p.*
      from device_state s
      left join lateral (
        select t."timestamp" as last_telemetry_at, voltage, current, power_factor, temperature_c,
               battery_v, rssi_dbm
        from telemetry t where t.device_id = s.device_id order by t."timestamp" desc limit 1
      ) t on true
      left join lateral (
        select (r."timestamp" at time zone s.time_zone)::date as open_day, count(*)::int as readings,
               max(r."timestamp") as open_day_last_at
        from telemetry r
        where r.device_id = s.device_id and r."timestamp" > t.last_telemetry_at - interval '3 days'
        group by 1 order by 1 desc limit 1
      ) o on true
      left join lateral (
        select l."timestamp" as last_parking_log_at, l.arrival, l.is_occupied
        from parking_logs l where l.device_id = s.device_id
        order by l."timestamp" desc, l.arrival desc limit 1
      ) p on true
      where s.device_id in (${deviceIds})
    )
    update device_state s
    set (${STATE}) = (${freshState})
    from fresh f
    where s.device_id = f.device_id and (${ofRow("s")}) is distinct from (${freshState})
    returning s.device_id`);
  return new Set([...placed, ...corrected].map((row) => row.device_id)).size;
}

const COLUMNS = [
  "last_telemetry_at",
  "voltage",
  "current",
  "power_factor",
  "temperature_c",
  "battery_v",
  "rssi_dbm",
  "open_day",
  "open_day_readings",
  "open_day_last_at",
  "last_parking_log_at",
  "last_arrival",
  "is_occupied",
  "occupancy_since",
];
const STATE = sql.raw(COLUMNS.join(", "));
const ofRow = (alias: string) => sql.raw(COLUMNS.map((name) => `${alias}.${name}`).join(", "));
const freshState = sql.raw(
  COLUMNS.map((name) => {
    if (name === "open_day_readings") return "coalesce(f.readings, 0)";
    if (name === "occupancy_since") return "occupancy_since(s.device_id, f.is_occupied)";
    return name === "last_arrival" ? "f.arrival" : `f.${name}`;
  }).join(", "),
);
