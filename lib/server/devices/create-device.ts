import { and, eq } from "drizzle-orm";
import { deviceState, devices, facilities, zones } from "@/db/schema";
import { requireBreadth } from "@/lib/domain/access/reach";
import type { DeviceMessage } from "@/lib/domain/devices/device";
import { invalidInput } from "@/lib/domain/values/problem";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context, ReadContext } from "@/lib/server/context";
import { announce, changeEstate } from "@/lib/server/estate/change-estate";
import { limitValues } from "@/lib/server/estate/limits";
import { zoneWithin } from "@/lib/server/scope/within-reach";
import { type Device, readDevice } from "./read-devices";

/**
 * Adds a device with its state row.
 * @throws Problem 400 for a zone that does not exist or is retired, 409 for a code that is taken
 */
export async function createDevice(context: Context, message: DeviceMessage): Promise<Device> {
  return changeEstate(context, "add", async (within) => {
    const { db } = within;
    const { timeZone } = await requireZone(within, message.zone_id);
    requireBreadth(within.actor.reach, "zone");
    const [made] = await db
      .insert(devices)
      .values(deviceValues(message))
      .returning({ id: devices.id });
    const id = made!.id;
    await db.insert(deviceState).values({ deviceId: id, zoneId: message.zone_id, timeZone });
    await announce(db, `device:${id}`);
    const device = await readDevice(within, id);
    const subject = { id, name: device.code };
    await recordAudit(within, { action: "device.created", subject, after: device });
    return device;
  });
}

export function deviceValues<M extends Partial<DeviceMessage>>(message: M) {
  return {
    zoneId: message.zone_id as M["zone_id"],
    code: message.code as M["code"],
    name: message.name,
    ...limitValues(message),
  };
}

/** @throws Problem 400 for a zone that takes no devices: there is none, or it is retired */
export async function requireZone(
  { db, actor }: ReadContext,
  id: number,
): Promise<{ timeZone: string }> {
  const [zone] = await db
    .select({
      timeZone: facilities.timeZone,
      zoneRetiredAt: zones.retiredAt,
      facilityRetiredAt: facilities.retiredAt,
    })
    .from(zones)
    .innerJoin(facilities, eq(facilities.id, zones.facilityId))
    .where(
      and(
        eq(zones.id, id),
        zoneWithin(actor.reach, { facility: zones.facilityId, zone: zones.id }),
      ),
    );
  if (!zone) throw invalidInput({ zone_id: ["No such zone."] });
  if (zone.zoneRetiredAt) throw invalidInput({ zone_id: ["The zone is retired."] });
  if (zone.facilityRetiredAt) throw invalidInput({ zone_id: ["The zone's facility is retired."] });
  return zone;
}
