import { eq } from "drizzle-orm";
import { facilities } from "@/db/schema";
import { requireBreadth } from "@/lib/domain/access/reach";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { announce, changeEstate } from "@/lib/server/estate/change-estate";
import { requireNoHistory } from "@/lib/server/estate/history";
import { readFacility } from "./read-facilities";

/** @throws Problem 404, 409 for a facility with zones */
export async function deleteFacility(context: Context, id: number): Promise<void> {
  await changeEstate(context, "rearrange", async (within) => {
    const before = await readFacility(within, id);
    const { code } = before;
    requireBreadth(within.actor.reach, "facilities");
    await requireNoHistory(within, "facility", before);
    await within.db.delete(facilities).where(eq(facilities.id, id));
    const subject = { id, name: code };
    await recordAudit(within, { action: "facility.deleted", subject, before });
    await announce(within.db, `facility:${id}`);
  });
}
