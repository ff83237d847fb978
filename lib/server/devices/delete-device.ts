import { eq, sql } from "drizzle-orm";
import { devices } from "@/db/schema";
import { requireBreadth } from "@/lib/domain/access/reach";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { lockDeviceStates } from "@/lib/server/device-state/lock-device-states";
import { announce, changeEstate } from "@/lib/server/estate/change-estate";
import { requireNoHistory } from "@/lib/server/estate/history";
import { readDevice } from "./read-devices";

/** @throws Problem 404, 409 for a device with telemetry, parking logs, alerts or targets */
export async function deleteDevice(context: Context, id: number): Promise<void> {
  await changeEstate(context, "rearrange", async (within) => {
    const { db } = within;
    const before = await readDevice(within, id);
    const { code } = before;
    requireBreadth(within.actor.reach, "zone");
    await lockDeviceStates(db, sql`select ${id}::int`);
    await requireNoHistory(within, "device", before);
    await db.delete(devices).where(eq(devices.id, id));
    const subject = { id, name: code };
    await recordAudit(within, { action: "device.deleted", subject, before });
    await announce(db, `device:${id}`);
  });
}
