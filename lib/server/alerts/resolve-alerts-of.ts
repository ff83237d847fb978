import { type SQL, sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { lockDeviceStates } from "@/lib/server/device-state/lock-device-states";
import { moveAlerts } from "./alert-writer";

/**
 * Ends every unresolved alert of devices that are retired: nothing will be heard of them that
 * could end it. To be called inside the transaction that retires them.
 * @param deviceIds a query of ids
 */
export async function resolveAlertsOf({ db, actor, now }: Context, deviceIds: SQL): Promise<void> {
  await lockDeviceStates(db, deviceIds);
  const unresolved = sql`a.device_id in (${deviceIds}) and a.resolved_at is null`;
  await moveAlerts(db, "resolved", unresolved, { actor: actor.name, now, comment: "Retired" });
}
