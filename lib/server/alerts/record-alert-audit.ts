import type { AlertType } from "@/lib/domain/alerting";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";

/** An alert that an operator changed. */
export type ChangedAlert = {
  id: number;
  device_id: number;
  alert_type: AlertType;
  device_code: string;
};

/** Writes down what an operator did to alerts: one entry, however many they are. */
export async function recordAlertAudit(
  context: Context,
  what: "acknowledged" | "unacknowledged",
  alerts: ChangedAlert[],
  after: object = {},
): Promise<void> {
  const [one, ...more] = alerts;
  if (!one) return;
  if (more.length === 0) {
    const name = `${one.alert_type} of ${one.device_code}`;
    await recordAudit(context, { action: `alert.${what}`, subject: { id: one.id, name }, after });
    return;
  }
  await recordAudit(context, {
    action: `alert.several_${what}`,
    subject: { id: null, name: `${alerts.length} alerts` },
    after: { ...after, alert_ids: alerts.map(({ id }) => id) },
  });
}
