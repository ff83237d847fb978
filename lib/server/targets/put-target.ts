import { eq, isNotNull, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { devices, targets, zones } from "@/db/schema";
import { invalidInput } from "@/lib/domain/problem";
import type { TargetMessage } from "@/lib/domain/target";
import type { Context } from "@/lib/server/context";
import { changeEstate } from "@/lib/server/facilities/estate";
import { readTarget, type Target } from "./read-targets";

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
    const owner = await ownerOf(db, message);
    const column = "zoneId" in owner ? targets.zoneId : targets.deviceId;
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
    return { target: await readTarget(within, written!.id), created: written!.created };
  });
}

/** @throws Problem 400 that names the field at fault */
async function ownerOf(db: Connection, { zone_id, device_id, device_code }: TargetMessage) {
  if (typeof zone_id === "number") {
    const [zone] = await db.select({ id: zones.id }).from(zones).where(eq(zones.id, zone_id));
    if (!zone) throw invalidInput({ zone_id: ["No such zone."] });
    return { zoneId: zone.id };
  }
  const named =
    typeof device_id === "number"
      ? eq(devices.id, device_id)
      : eq(devices.code, String(device_code));
  const [device] = await db.select({ id: devices.id }).from(devices).where(named);
  if (device) return { deviceId: device.id };
  throw invalidInput(
    typeof device_id === "number"
      ? { device_id: ["No such device."] }
      : { device_code: ["Device not found."] },
  );
}
