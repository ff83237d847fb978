import { type SQL, sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { lockDeviceStates } from "@/lib/server/device-state/lock-device-states";

/**
 * Ends every unresolved alert of devices that are retired: nothing will be heard of them that
 * could end it. To be called inside the transaction that retires them.
 * @param deviceIds a query of ids
 */
export async function resolveAlertsOf({ db, actor, now }: Context, deviceIds: SQL): Promise<void> {
  await lockDeviceStates(db, deviceIds);
  const at = now.toISOString();
  await db.execute(sql`
    with resolved as (
      update alerts set resolved_at = greatest(${at}::timestamptz, created_at)
      where device_id in (${deviceIds}) and resolved_at is null
      returning id, resolved_at
    )
    insert into alert_transitions (alert_id, kind, at, actor, comment)
    select id, 'resolved', resolved_at, ${actor.name}, 'Retired' from resolved order by id`);
  await db.execute(sql`
    update device_state set live_alerts = '{}'
    where device_id in (${deviceIds}) and live_alerts <> '{}'`);
}
