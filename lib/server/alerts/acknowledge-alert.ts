import { sql } from "drizzle-orm";
import type { Acknowledgement } from "@/lib/domain/acknowledgement";
import { notFound } from "@/lib/domain/problem";
import type { Context } from "@/lib/server/context";

type Acknowledged = { acknowledged_ms: number; acknowledged_by: string };

/**
 * Takes note of an alert in the name of whoever asks, resolved or not. Only the first one counts:
 * whoever comes later, or at the same moment, gets the answer that the first one got.
 * @throws Problem 404
 */
export async function acknowledgeAlert(
  { db, actor, now }: Context,
  { id, comment }: { id: number } & Acknowledgement,
) {
  const at = now.toISOString();
  const acknowledged = await db.transaction(async (tx) => {
    const [known] = await tx.execute<{ [K in keyof Acknowledged]: Acknowledged[K] | null }>(sql`
      select (extract(epoch from acknowledged_at) * 1000)::float8 as acknowledged_ms,
             acknowledged_by
      from alerts where id = ${id}::int for update`);
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
    return { acknowledged_ms: now.getTime(), acknowledged_by: actor.name };
  });
  return {
    id,
    acknowledged_at: new Date(acknowledged.acknowledged_ms).toISOString(),
    acknowledged_by: acknowledged.acknowledged_by,
  };
}
