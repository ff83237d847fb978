import { type SQL, sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { notifyLive } from "@/lib/server/notices/notify-live";
import { moveAlerts } from "./alert-writer";
import { recordAlertAudit } from "./record-alert-audit";

/** Who acknowledged an alert, and when: ISO 8601 in UTC. */
export type AcknowledgedAlert = { id: number; acknowledged_at: string; acknowledged_by: string };

/** The condition that an alert, a, was not acknowledged so far. */
export const UNACKNOWLEDGED = sql`a.acknowledged_at is null`;

/**
 * Acknowledges alerts that are not, in their timelines and in the audit log too. To be called inside
 * a transaction.
 * @param which the condition that an alert, a, is one of them
 */
export async function acknowledge(
  context: Context,
  which: SQL,
  comment: string | null,
): Promise<AcknowledgedAlert[]> {
  const { db, actor, now } = context;
  const doing = { actor: actor.name, now, comment };
  const moved = await moveAlerts(db, "acknowledged", sql`${UNACKNOWLEDGED} and ${which}`, doing);
  await recordAlertAudit(context, "acknowledged", moved, { comment });
  await notifyLive(db, new Set(moved.map(({ device_id }) => device_id)));
  const acknowledged_at = now.toISOString();
  return moved.map(({ id }) => ({ id, acknowledged_at, acknowledged_by: actor.name }));
}
