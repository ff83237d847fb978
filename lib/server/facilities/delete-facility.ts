import { eq, sql } from "drizzle-orm";
import { facilities } from "@/db/schema";
import { conflict } from "@/lib/domain/problem";
import { requireBreadth } from "@/lib/domain/reach";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { announce, changeEstate } from "./estate";
import { readFacility } from "./read-facilities";

/** @throws Problem 404, 409 for a facility with zones */
export async function deleteFacility(context: Context, id: number): Promise<void> {
  await changeEstate(context, "rearrange", async (within) => {
    const before = await readFacility(within, id);
    const { code } = before;
    requireBreadth(within.actor.reach, "facilities");
    const used = await within.db.execute(sql`select from zones where facility_id = ${id} limit 1`);
    if (used.length > 0) throw hasHistory("Facility", code, "zones");
    await within.db.delete(facilities).where(eq(facilities.id, id));
    const subject = { id, name: code };
    await recordAudit(within, { action: "facility.deleted", subject, before });
    await announce(within.db, `facility:${id}`);
  });
}

/** 409: what has history is retired, not deleted (DESIGN section 4). */
export function hasHistory(noun: string, code: string, what: string) {
  return conflict(
    `${noun} ${code} has history (${what}) and can't be deleted; retire it with PATCH {"retired": true}.`,
  );
}
