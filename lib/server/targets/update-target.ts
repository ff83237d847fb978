import { eq } from "drizzle-orm";
import { targets } from "@/db/schema";
import type { TargetChange } from "@/lib/domain/estate/target";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { changeEstate, setsSomething } from "@/lib/server/estate/change-estate";
import { readTarget, type Target, targetName } from "./read-targets";

/** @throws Problem 404, 409 when its zone or device has another target on that date */
export async function updateTarget(
  context: Context,
  { id, change }: { id: number; change: TargetChange },
): Promise<Target> {
  return changeEstate(context, "add", async (within) => {
    const before = await readTarget(within, id);
    const values = { date: change.date, targetValue: change.target_value };
    if (setsSomething(values)) {
      await within.db.update(targets).set(values).where(eq(targets.id, id));
    }
    const after = await readTarget(within, id);
    const subject = { id, name: targetName(before) };
    await recordAudit(within, { action: "target.updated", subject, before, after });
    return after;
  });
}
