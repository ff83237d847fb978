import { and, eq, inArray } from "drizzle-orm";
import { devices, zones } from "@/db/schema";
import { requireBreadth } from "@/lib/domain/access/reach";
import type { DevicesMove } from "@/lib/domain/devices/device";
import { invalidInput } from "@/lib/domain/values/problem";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context, ReadContext } from "@/lib/server/context";
import { announce, changeEstate } from "@/lib/server/estate/change-estate";
import { deviceWithin } from "@/lib/server/scope/within-reach";
import { readZone } from "@/lib/server/zones/read-zones";
import { requireZone } from "./create-device";
import { moveDevices } from "./move-devices";

/**
 * Moves devices into a zone together, their history with them; those that are there already stay.
 * @returns how many moved
 * @throws Problem 400 for an unknown device, or an unknown or retired zone
 */
export async function moveToZone(
  context: Context,
  { device_ids, zone_id }: DevicesMove,
): Promise<{ moved: number }> {
  return changeEstate(context, "rearrange", async (within) => {
    await requireZone(within, zone_id);
    requireBreadth(within.actor.reach, "zone");
    const before = await readPlaces(within, device_ids);
    const moving = before.filter((device) => device.zone_id !== zone_id);
    await moveDevices(
      within,
      moving.map(({ id }) => ({ deviceId: id, zoneId: zone_id })),
    );
    const zone = await readZone(within, zone_id);
    const after = { zone_id, zone_code: zone.code, facility_id: zone.facility_id };
    for (const { id, code, ...place } of moving) {
      const subject = { id, name: code };
      await recordAudit(within, { action: "device.updated", subject, before: place, after });
    }
    if (moving.length > 0) await announce(within.db, `zone:${zone_id}`);
    return { moved: moving.length };
  });
}

/** @throws Problem 400 when one of the devices is out of reach or does not exist */
async function readPlaces({ db, actor }: ReadContext, ids: number[]) {
  const place = { facility: zones.facilityId, zone: zones.id, device: devices.id };
  const found = await db
    .select({
      id: devices.id,
      code: devices.code,
      zone_id: devices.zoneId,
      zone_code: zones.code,
      facility_id: zones.facilityId,
    })
    .from(devices)
    .innerJoin(zones, eq(zones.id, devices.zoneId))
    .where(and(inArray(devices.id, ids), deviceWithin(actor.reach, place)))
    .orderBy(devices.id);
  const there = new Set(found.map(({ id }) => id));
  const missing = ids.filter((id) => !there.has(id));
  if (missing.length > 0) throw invalidInput({ device_ids: [`No such device: ${missing[0]}.`] });
  return found;
}
