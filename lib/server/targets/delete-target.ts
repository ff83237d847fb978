import { eq } from "drizzle-orm";
import { targets } from "@/db/schema";
import { notFound } from "@/lib/domain/problem";
import type { Context } from "@/lib/server/context";
import { changeEstate } from "@/lib/server/facilities/estate";

/** @throws Problem 404 */
export async function deleteTarget(context: Context, id: number): Promise<void> {
  await changeEstate(context, "add", async ({ db }) => {
    const gone = await db.delete(targets).where(eq(targets.id, id)).returning({ id: targets.id });
    if (gone.length === 0) throw notFound("Target");
  });
}
