import { eq, sql } from "drizzle-orm";
import { devices } from "@/db/schema";
import { requireBreadth } from "@/lib/domain/access/reach";
import type { DeviceChange } from "@/lib/domain/devices/device";
import { resolveAlertsOf } from "@/lib/server/alerts/resolve-alerts-of";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import {
  announce,
  changeEstate,
  retiredAt,
  setsSomething,
} from "@/lib/server/estate/change-estate";
import { deviceValues, requireZone } from "./create-device";
import { moveDevices } from "./move-devices";
import { type Device, readDevice } from "./read-devices";

/**
 * Changes a device. Into another zone it moves with its history; retiring it ends its alerts.
 * @throws Problem 404, 400 for an unknown or retired zone, 409 for a code that is taken
 */
export async function updateDevice(
  context: Context,
  { id, change }: { id: number; change: DeviceChange },
): Promise<Device> {
  return changeEstate(context, "rearrange", async (within) => {
    const { db, now } = within;
    const before = await readDevice(within, id);
    const zoneId = change.zone_id ?? before.zone_id;
    // State rows are locked before the device's own row, as in ingestion.
    if (zoneId !== before.zone_id) {
      await requireZone(within, zoneId);
      requireBreadth(within.actor.reach, "zone");
      await moveDevices(within, [{ deviceId: id, zoneId }]);
    }
    const retired = retiredAt(change.retired, before.retired, now);
    if (retired) await resolveAlertsOf(within, sql`select ${id}::int`);
    const { zoneId: _moved, ...others } = deviceValues(change);
    const values = { ...others, retiredAt: retired };
    if (setsSomething(values)) await db.update(devices).set(values).where(eq(devices.id, id));
    await announce(db, `device:${id}`);
    const after = await readDevice(within, id);
    const subject = { id, name: before.code };
    await recordAudit(within, { action: "device.updated", subject, before, after });
    return after;
  });
}
