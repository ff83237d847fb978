import { sql } from "drizzle-orm";
import type { Acknowledgement } from "@/lib/domain/alerts/acknowledgement";
import { notFound } from "@/lib/domain/values/problem";
import type { Context } from "@/lib/server/context";
import { deviceWithin, PLACE } from "@/lib/server/scope/within-reach";
import { epochMs } from "@/lib/server/sql";
import { type AcknowledgedAlert, acknowledge } from "./acknowledge";
import { alertsInPlace } from "./alert-filters";

type Known = { acknowledged_ms: number | null; acknowledged_by: string };

/**
 * Takes note of an alert in the name of anyone who asks, resolved or not. Only the first one counts:
 * anyone who comes later, or at the same moment, gets the answer that the first one got.
 * @throws Problem 404, also for what is out of reach
 */
export async function acknowledgeAlert(
  context: Context,
  { id, comment }: { id: number } & Acknowledgement,
): Promise<AcknowledgedAlert> {
  const { db, actor } = context;
  return db.transaction(async (tx) => {
    const [known] = await tx.execute<Known>(sql`
      select ${epochMs("a.acknowledged_at")} as acknowledged_ms,
             a.acknowledged_by
      from ${alertsInPlace}
      where a.id = ${id}::int and ${deviceWithin(actor.reach, PLACE)} for update of a`);
    if (!known) throw notFound("Alert");
    const { acknowledged_ms, acknowledged_by } = known;
    if (acknowledged_ms !== null) {
      return { id, acknowledged_at: new Date(acknowledged_ms).toISOString(), acknowledged_by };
    }
    const [noted] = await acknowledge({ ...context, db: tx }, sql`a.id = ${id}::int`, comment);
    return noted!;
  });
}
