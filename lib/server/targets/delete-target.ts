import { eq } from "drizzle-orm";
import { targets } from "@/db/schema";
import { notFound } from "@/lib/domain/values/problem";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { changeEstate } from "@/lib/server/estate/change-estate";
import { readTarget, targetName } from "./read-targets";

/** @throws Problem 404 */
export async function deleteTarget(context: Context, id: number): Promise<void> {
  await changeEstate(context, "add", async (within) => {
    const before = await readTarget(within, id);
    const gone = await within.db
      .delete(targets)
      .where(eq(targets.id, id))
      .returning({ id: targets.id });
    if (gone.length === 0) throw notFound("Target");
    const subject = { id, name: targetName(before) };
    await recordAudit(within, { action: "target.deleted", subject, before });
  });
}
