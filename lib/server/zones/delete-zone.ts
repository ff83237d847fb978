import { eq, sql } from "drizzle-orm";
import { zones } from "@/db/schema";
import { requireBreadth } from "@/lib/domain/reach";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { hasHistory } from "@/lib/server/facilities/delete-facility";
import { announce, changeEstate } from "@/lib/server/facilities/estate";
import { readZone } from "./read-zones";

/** @throws Problem 404, 409 for a zone with devices, targets or counted events */
export async function deleteZone(context: Context, id: number): Promise<void> {
  await changeEstate(context, "rearrange", async (within) => {
    const before = await readZone(within, id);
    const { code } = before;
    requireBreadth(within.actor.reach, "facilities");
    const [used] = await within.db.execute<{ what: string | null }>(sql`
      select case when exists (select from devices where zone_id = ${id}) then 'devices'
                  when exists (select from targets where zone_id = ${id}) then 'targets'
                  when exists (select from zone_hours where zone_id = ${id}) then 'parking logs'
             end as what`);
    if (used?.what) throw hasHistory("Zone", code, used.what);
    await within.db.delete(zones).where(eq(zones.id, id));
    const subject = { id, name: `${before.facility_code} / ${code}` };
    await recordAudit(within, { action: "zone.deleted", subject, before });
    await announce(within.db, `zone:${id}`);
  });
}
