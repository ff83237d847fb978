import { sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import type { Context } from "@/lib/server/context";
import { lockDeviceStates } from "@/lib/server/device-state/lock-device-states";
import { correctDeviceRollups } from "@/lib/server/rollups/correct-zones";

export type DeviceMove = { deviceId: number; zoneId: number };

/**
 * Puts devices into other zones, their history with them (docs/decisions,
 * history-moves-with-the-device). To be called inside a `rearrange` of the estate.
 */
export async function moveDevices({ db }: Pick<Context, "db">, moves: DeviceMove[]): Promise<void> {
  if (moves.length === 0) return;
  const wanted = sql`(
    select device_id, zone_id from jsonb_to_recordset(${JSON.stringify(
      moves.map(({ deviceId, zoneId }) => ({ device_id: deviceId, zone_id: zoneId })),
    )}::text::jsonb) as m(device_id int, zone_id int))`;
  await db.execute(sql`set local statement_timeout = 0`);
  await lockDeviceStates(db, sql`select device_id from ${wanted} w`);
  await moveZoneHours(db, wanted);
  const recount = await db.execute<{ device_id: number }>(sql`
    with moved as (
      select w.device_id, w.zone_id, f.time_zone, f.time_zone <> s.time_zone as recount
      from ${wanted} w join zones z on z.id = w.zone_id join facilities f on f.id = z.facility_id
           join device_state s on s.device_id = w.device_id
    ), states as (
      update device_state s set zone_id = m.zone_id, time_zone = m.time_zone
      from moved m where s.device_id = m.device_id
    ), places as (
      update devices d set zone_id = m.zone_id from moved m where d.id = m.device_id
    )
    select device_id from moved where recount`);
  await correctDeviceRollups(
    db,
    recount.map((row) => row.device_id),
  );
}

/** Takes the devices' logs off the hours of the old zones and counts them in those of the new ones. */
async function moveZoneHours(db: Connection, wanted: ReturnType<typeof sql>): Promise<void> {
  await db.execute(sql`
    with place as (
      select w.device_id, s.zone_id as old_zone, s.time_zone as old_time_zone,
             w.zone_id as new_zone, f.time_zone as new_time_zone
      from ${wanted} w join zones z on z.id = w.zone_id join facilities f on f.id = z.facility_id
           join device_state s on s.device_id = w.device_id
    ), events as (
      select p."timestamp", change.zone_id, change.time_zone, change.n
      from place join parking_logs p on p.device_id = place.device_id,
           lateral (values (old_zone, old_time_zone, -1), (new_zone, new_time_zone, 1))
             as change(zone_id, time_zone, n)
    )
    insert into zone_hours as h (zone_id, hour, day, event_count)
    select zone_id, local_hour_start("timestamp", time_zone) as hour,
           ("timestamp" at time zone time_zone)::date as day, sum(n)
    from events group by 1, 2, 3 having sum(n) <> 0 order by 1, 3, 2
    on conflict (zone_id, day, hour) do update set event_count = h.event_count + excluded.event_count`);
  await db.execute(sql`
    delete from zone_hours
    where event_count <= 0 and zone_id in (
      select s.zone_id from device_state s join ${wanted} w on w.device_id = s.device_id)`);
}
