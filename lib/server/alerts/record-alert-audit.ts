import { sql } from "drizzle-orm";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import type { MovedAlert } from "./alert-writer";

/** Writes down what an operator did to alerts: one entry, however many they are. */
export async function recordAlertAudit(
  context: Context,
  what: "acknowledged" | "unacknowledged",
  alerts: MovedAlert[],
  after: object = {},
): Promise<void> {
  const [one, ...more] = alerts;
  if (!one) return;
  if (more.length === 0) {
    const [device] = await context.db.execute<{ code: string }>(
      sql`select code from devices where id = ${one.device_id}::int`,
    );
    const name = `${one.alert_type} of ${device!.code}`;
    await recordAudit(context, { action: `alert.${what}`, subject: { id: one.id, name }, after });
    return;
  }
  await recordAudit(context, {
    action: `alert.several_${what}`,
    subject: { id: null, name: `${alerts.length} alerts` },
    after: { ...after, alert_ids: alerts.map(({ id }) => id) },
  });
}
