import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { notifyLive } from "@/lib/server/notices/notify-live";
import { moveAlerts } from "./alert-writer";
import { chooseAlerts } from "./choose-alerts";
import { recordAlertAudit } from "./record-alert-audit";

/**
 * Takes back that anyone who asks took note of alerts: they are open again. What others acknowledged,
 * what was resolved since, and what came back by itself stays as it is.
 * @returns the ids that are open again, and how many of those asked for stay as they are
 */
export async function unacknowledgeAlerts(
  context: Context,
  { ids: asked }: { ids: number[] },
): Promise<{ unacknowledged: number[]; unchanged: number }> {
  const { actor, now } = context;
  const own = sql`a.acknowledged_at is not null and a.acknowledged_by = ${actor.name}
    and a.resolved_at is null`;
  const taken = await context.db.transaction(async (tx) => {
    const within = { ...context, db: tx };
    const { ids, still } = await chooseAlerts(within, { ids: asked }, own);
    if (ids.length === 0) return [];
    const back = await moveAlerts(tx, "unacknowledged", still, { actor: actor.name, now });
    await recordAlertAudit(within, "unacknowledged", back);
    await notifyLive(tx, new Set(back.map(({ device_id }) => device_id)));
    return back;
  });
  const unacknowledged = taken.map(({ id }) => id);
  return { unacknowledged, unchanged: new Set(asked).size - unacknowledged.length };
}
