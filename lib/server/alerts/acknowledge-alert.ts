import { sql } from "drizzle-orm";
import type { Acknowledgement } from "@/lib/domain/acknowledgement";
import { notFound } from "@/lib/domain/problem";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { notifyLive } from "@/lib/server/live/notify-live";
import { deviceWithin, PLACE } from "@/lib/server/scope/within-reach";

type Acknowledged = { acknowledged_ms: number; acknowledged_by: string };
type Known = { [K in keyof Acknowledged]: Acknowledged[K] | null } & {
  alert_type: string;
  device_id: number;
  device_code: string;
};

/**
 * Takes note of an alert in the name of whoever asks, resolved or not. Only the first one counts:
 * whoever comes later, or at the same moment, gets the answer that the first one got.
 * @throws Problem 404, also for what is out of reach
 */
export async function acknowledgeAlert(
  context: Context,
  { id, comment }: { id: number } & Acknowledgement,
) {
  const { db, actor, now } = context;
  const at = now.toISOString();
  const acknowledged = await db.transaction(async (tx) => {
    const [known] = await tx.execute<Known>(sql`
      select (extract(epoch from a.acknowledged_at) * 1000)::float8 as acknowledged_ms,
             a.acknowledged_by, a.alert_type, a.device_id, d.code as device_code
      from alerts a join devices d on d.id = a.device_id join zones z on z.id = d.zone_id
      where a.id = ${id}::int and ${deviceWithin(actor.reach, PLACE)} for update of a`);
    if (!known) throw notFound("Alert");
    if (known.acknowledged_ms !== null) return known as Acknowledged;
    await tx.execute(sql`
      with noted as (
        update alerts
        set acknowledged_at = ${at}::timestamptz, acknowledged_by = ${actor.name},
            acknowledge_comment = ${comment}
        where id = ${id}::int and acknowledged_at is null
        returning id
      )
      insert into alert_transitions (alert_id, kind, at, actor, comment)
      select id, 'acknowledged', ${at}::timestamptz, ${actor.name}, ${comment}::text from noted`);
    await recordAudit(
      { ...context, db: tx },
      {
        action: "alert.acknowledged",
        subject: { id, name: `${known.alert_type} of ${known.device_code}` },
        after: { comment },
      },
    );
    await notifyLive(tx, [known.device_id]);
    return { acknowledged_ms: now.getTime(), acknowledged_by: actor.name };
  });
  return {
    id,
    acknowledged_at: new Date(acknowledged.acknowledged_ms).toISOString(),
    acknowledged_by: acknowledged.acknowledged_by,
  };
}
