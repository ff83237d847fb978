import { and, eq, isNotNull, sql } from "drizzle-orm";
import { devices, targets, zones } from "@/db/schema";
import { requireBreadth } from "@/lib/domain/access/reach";
import type { TargetMessage } from "@/lib/domain/estate/target";
import { invalidInput } from "@/lib/domain/values/problem";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context, ReadContext } from "@/lib/server/context";
import { changeEstate } from "@/lib/server/estate/change-estate";
import { deviceWithin, zoneWithin } from "@/lib/server/scope/within-reach";
import { readTarget, type Target, targetName } from "./read-targets";

/**
 * Sets the target of a zone or device on a date, replacing the one that is there.
 * @throws Problem 400 when there is no such zone or device
 */
export async function putTarget(
  context: Context,
  message: TargetMessage,
): Promise<{ target: Target; created: boolean }> {
  return changeEstate(context, "add", async (within) => {
    const { db } = within;
    const owner = await ownerOf(within, message);
    const column = owner.zoneId === undefined ? targets.deviceId : targets.zoneId;
    const ownerId = owner.zoneId ?? owner.deviceId;
    const [replaced] = await db
      .select({ targetValue: targets.targetValue })
      .from(targets)
      .where(and(eq(column, ownerId), eq(targets.date, message.date)));
    const [written] = await db
      .insert(targets)
      .values({ ...owner, date: message.date, targetValue: message.target_value })
      .onConflictDoUpdate({
        target: [column, targets.date],
        targetWhere: isNotNull(column),
        set: { targetValue: message.target_value },
      })
      // A row that was there already carries the mark of the transaction that replaced it.
      .returning({ id: targets.id, created: sql<boolean>`xmax = 0` });
    const target = await readTarget(within, written!.id);
    await recordAudit(within, {
      action: written!.created ? "target.created" : "target.updated",
      subject: { id: target.id, name: targetName(target) },
      before: replaced && { target_value: replaced.targetValue },
      after: replaced ? { target_value: target.target_value } : target,
    });
    return { target, created: written!.created };
  });
}

const place = { facility: zones.facilityId, zone: zones.id };

/** @throws Problem 400 that names the field at fault, 403 for a zone to whom reaches one device */
async function ownerOf(
  { db, actor }: ReadContext,
  { zone_id, device_id, device_code }: TargetMessage,
): Promise<{ zoneId: number; deviceId?: undefined } | { zoneId?: undefined; deviceId: number }> {
  if (typeof zone_id === "number") {
    const [zone] = await db
      .select({ id: zones.id })
      .from(zones)
      .where(and(eq(zones.id, zone_id), zoneWithin(actor.reach, place)));
    requireBreadth(actor.reach, "zone");
    if (!zone) throw invalidInput({ zone_id: ["No such zone."] });
    return { zoneId: zone.id };
  }
  const named =
    typeof device_id === "number"
      ? eq(devices.id, device_id)
      : eq(devices.code, String(device_code));
  const [device] = await db
    .select({ id: devices.id })
    .from(devices)
    .innerJoin(zones, eq(zones.id, devices.zoneId))
    .where(and(named, deviceWithin(actor.reach, { ...place, device: devices.id })));
  if (device) return { deviceId: device.id };
  throw invalidInput(
    typeof device_id === "number"
      ? { device_id: ["No such device."] }
      : { device_code: ["Device not found."] },
  );
}
