import { eq, sql } from "drizzle-orm";
import { devices } from "@/db/schema";
import { requireBreadth } from "@/lib/domain/reach";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { hasHistory } from "@/lib/server/facilities/delete-facility";
import { announce, changeEstate } from "@/lib/server/facilities/estate";
import { lockDeviceStates } from "./lock-device-states";
import { readDevice } from "./read-devices";

/** @throws Problem 404, 409 for a device with telemetry, parking logs, alerts or targets */
export async function deleteDevice(context: Context, id: number): Promise<void> {
  await changeEstate(context, "rearrange", async (within) => {
    const { db } = within;
    const before = await readDevice(within, id);
    const { code } = before;
    requireBreadth(within.actor.reach, "zone");
    await lockDeviceStates(db, sql`select ${id}::int`);
    // Days outlive the rows that they count.
    const [used] = await db.execute<{ what: string | null }>(sql`
      select case when exists (select from telemetry_days where device_id = ${id})
                    or exists (select from telemetry where device_id = ${id}) then 'telemetry'
                  when exists (select from parking_days where device_id = ${id})
                    or exists (select from parking_logs where device_id = ${id}) then 'parking logs'
                  when exists (select from alerts where device_id = ${id}) then 'alerts'
                  when exists (select from targets where device_id = ${id}) then 'targets'
             end as what`);
    if (used?.what) throw hasHistory("Device", code, used.what);
    await db.delete(devices).where(eq(devices.id, id));
    const subject = { id, name: code };
    await recordAudit(within, { action: "device.deleted", subject, before });
    await announce(db, `device:${id}`);
  });
}
