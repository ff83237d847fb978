import type { Sql } from "@/db/client";
import {
  type AlertLife,
  type AlertTransitionKind,
  type AlertType,
  SEVERITY,
} from "@/lib/domain/alerting";
import { SYSTEM } from "@/lib/server/context";
import type { DeviceAlerts } from "./device-alerts";

type AlertRow = Omit<AlertLife, "id" | "alertType"> & {
  id: number;
  deviceId: number;
  alertType: AlertType;
};

/**
 * The newest alert of each type of these devices, unresolved or resolved since an instant (ms since
 * 1970). The devices' state rows must be locked, so that no one else moves these alerts on.
 */
export async function loadAlertLives(
  tx: Sql,
  deviceIds: number[],
  resolvedSince: number,
): Promise<Map<number, Map<AlertType, AlertLife>>> {
  const ms = (column: string) => tx`(extract(epoch from ${tx(column)}) * 1000)::float8`;
  const rows = await tx<AlertRow[]>`
    select id, device_id as "deviceId", alert_type as "alertType", message, details, occurrences,
           normal_readings as "normalReadings", ${ms("created_at")} as "createdAt",
           ${ms("last_triggered_at")} as "lastTriggeredAt",
           ${ms("acknowledged_at")} as "acknowledgedAt", ${ms("resolved_at")} as "resolvedAt"
    from alerts
    where device_id = any(${deviceIds})
      and (resolved_at is null or resolved_at >= ${new Date(resolvedSince)})
    order by resolved_at nulls last, id`;
  const lives = new Map<number, Map<AlertType, AlertLife>>();
  for (const { deviceId, ...life } of rows) {
    const ofDevice = lives.get(deviceId) ?? new Map<AlertType, AlertLife>();
    lives.set(deviceId, ofDevice.set(life.alertType, life));
  }
  return lives;
}

/** Writes what changed: alerts, their timelines, and which types live on each device. */
export async function saveAlertLives(
  tx: Sql,
  byDevice: Map<number, DeviceAlerts>,
  now: number,
): Promise<void> {
  const changed = [...byDevice].filter(([, alerts]) => alerts.changed.size > 0);
  if (changed.length === 0) return;
  const lives = changed.flatMap(([deviceId, alerts]) =>
    [...alerts.changed].map((life) => ({ deviceId, life })),
  );
  await insertAlerts(
    tx,
    lives.filter(({ life }) => life.id === null),
  );
  await updateAlerts(
    tx,
    lives.map(({ life }) => life),
  );
  const transitions = changed.flatMap(([, alerts]) => alerts.transitions);
  await insertTransitions(
    tx,
    transitions.map(({ alert, kind }) => ({ alert_id: alert.id, kind })),
    now,
  );
  await markLiveAlerts(tx, changed);
}

async function insertAlerts(tx: Sql, raised: { deviceId: number; life: AlertLife }[]) {
  if (raised.length === 0) return;
  const rows = raised.map(({ deviceId, life }) => ({
    device_id: deviceId,
    alert_type: life.alertType,
    severity: SEVERITY[life.alertType],
    message: life.message,
    at: new Date(life.createdAt),
  }));
  const stored = await tx<{ id: number; device_id: number; alert_type: AlertType }[]>`
    insert into alerts (device_id, alert_type, severity, message, created_at, last_triggered_at)
    select device_id, alert_type, severity, message, at, at
    from jsonb_to_recordset(${tx.json(rows)}) as r(device_id int, alert_type alert_type,
      severity alert_severity, message text, at timestamptz)
    returning id, device_id, alert_type`;
  const ids = new Map(stored.map((row) => [`${row.device_id} ${row.alert_type}`, row.id]));
  for (const { deviceId, life } of raised) life.id = ids.get(`${deviceId} ${life.alertType}`)!;
}

/** An acknowledgement may arrive meanwhile, so it is not among the columns. */
async function updateAlerts(tx: Sql, lives: AlertLife[]) {
  const rows = lives.map((life) => ({
    id: life.id,
    message: life.message,
    details: life.details,
    last_triggered_at: new Date(life.lastTriggeredAt),
    occurrences: life.occurrences,
    normal_readings: Math.min(life.normalReadings, 32_767),
    resolved_at: life.resolvedAt === null ? null : new Date(life.resolvedAt),
  }));
  await tx`
    update alerts a
    set message = r.message, details = r.details, last_triggered_at = r.last_triggered_at,
        occurrences = r.occurrences, normal_readings = r.normal_readings, resolved_at = r.resolved_at
    from jsonb_to_recordset(${tx.json(rows)}) as r(id int, message text, details jsonb,
      last_triggered_at timestamptz, occurrences int, normal_readings smallint, resolved_at timestamptz)
    where a.id = r.id`;
}

/** Also takes back the acknowledgement of what is reopened. */
async function insertTransitions(
  tx: Sql,
  transitions: { alert_id: number | null; kind: AlertTransitionKind }[],
  now: number,
) {
  if (transitions.length === 0) return;
  await tx`
    insert into alert_transitions (alert_id, kind, at, actor)
    select alert_id, kind, ${new Date(now)}, ${SYSTEM.name}
    from jsonb_to_recordset(${tx.json(transitions)}) as r(alert_id int, kind alert_transition_kind)`;
  const reopened = transitions.filter(({ kind }) => kind === "reopened").map((t) => t.alert_id!);
  if (reopened.length === 0) return;
  await tx`
    update alerts set acknowledged_at = null, acknowledged_by = null, acknowledge_comment = null
    where id = any(${reopened}) and acknowledged_at is not null`;
}

async function markLiveAlerts(tx: Sql, changed: [number, DeviceAlerts][]) {
  const rows = changed.map(([deviceId, alerts]) => ({
    device_id: deviceId,
    live: [...alerts.lives.keys()].filter((type) => alerts.live(type)).sort(),
  }));
  await tx`
    update device_state s set live_alerts = r.live
    from jsonb_to_recordset(${tx.json(rows)}) as r(device_id int, live alert_type[])
    where s.device_id = r.device_id and s.live_alerts <> r.live`;
}
