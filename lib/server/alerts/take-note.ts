import { type SQL, sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { notifyLive } from "@/lib/server/notices/notify-live";
import { type ChangedAlert, recordAlertAudit } from "./record-alert-audit";

/** Who took note of an alert, and when: ISO 8601 in UTC. */
export type AcknowledgedAlert = { id: number; acknowledged_at: string; acknowledged_by: string };

/** The condition that no one took note of an alert, a, so far. */
export const UNNOTED = sql`a.acknowledged_at is null`;

/**
 * Takes note of alerts that no one took note of, in their timelines and in the audit log too. To be
 * called inside a transaction.
 * @param which the condition that an alert, a, is one of them
 */
export async function takeNote(
  context: Context,
  which: SQL,
  comment: string | null,
): Promise<AcknowledgedAlert[]> {
  const { db, actor, now } = context;
  const at = now.toISOString();
  const noted = await db.execute<ChangedAlert>(sql`
    with noted as (
      update alerts a
      set acknowledged_at = ${at}::timestamptz, acknowledged_by = ${actor.name},
          acknowledge_comment = ${comment}
      where ${UNNOTED} and ${which}
      returning a.id, a.device_id, a.alert_type
    ), told as (
      insert into alert_transitions (alert_id, kind, at, actor, comment)
      select id, 'acknowledged', ${at}::timestamptz, ${actor.name}, ${comment}::text
      from noted order by id
    )
    select n.id, n.device_id, n.alert_type, d.code as device_code
    from noted n join devices d on d.id = n.device_id order by n.id`);
  await recordAlertAudit(context, "acknowledged", [...noted], { comment });
  await notifyLive(db, new Set([...noted].map(({ device_id }) => device_id)));
  return [...noted].map(({ id }) => ({ id, acknowledged_at: at, acknowledged_by: actor.name }));
}
