import { eq } from "drizzle-orm";
import { zones } from "@/db/schema";
import { requireBreadth } from "@/lib/domain/access/reach";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { announce, changeEstate } from "@/lib/server/estate/change-estate";
import { requireNoHistory } from "@/lib/server/estate/history";
import { readZone } from "./read-zones";

/** @throws Problem 404, 409 for a zone with devices, targets or counted events */
export async function deleteZone(context: Context, id: number): Promise<void> {
  await changeEstate(context, "rearrange", async (within) => {
    const before = await readZone(within, id);
    const { code } = before;
    requireBreadth(within.actor.reach, "facilities");
    await requireNoHistory(within, "zone", before);
    await within.db.delete(zones).where(eq(zones.id, id));
    const subject = { id, name: `${before.facility_code} / ${code}` };
    await recordAudit(within, { action: "zone.deleted", subject, before });
    await announce(within.db, `zone:${id}`);
  });
}
