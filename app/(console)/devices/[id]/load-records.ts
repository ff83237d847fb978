import { may } from "@/lib/domain/access";
import { readAlerts } from "@/lib/server/alerts/read-alerts";
import { readAudit } from "@/lib/server/audit/read-audit";
import type { Context } from "@/lib/server/context";
import { listKeys } from "@/lib/server/keys/read-keys";

const ROWS = 10;

export type DeviceRecords = Awaited<ReturnType<typeof loadRecords>>;

/** What is written down about a device; null where it is not for who looks. */
export async function loadRecords(context: Context, deviceId: number) {
  const { actor } = context;
  const [alerts, open, keys, audit] = await Promise.all([
    readAlerts(context, { deviceId, limit: ROWS }),
    // As few as there are types of alerts.
    readAlerts(context, { deviceId, active: true }),
    may(actor, "keys.manage") ? listKeys(context, { deviceId }) : null,
    may(actor, "audit.read")
      ? readAudit(context, { subject: { noun: "device", id: deviceId }, limit: ROWS })
      : null,
  ]);
  return { alerts, open: open.rows, keys, audit };
}
