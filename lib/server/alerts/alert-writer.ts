import { type SQL, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import {
  type AlertLife,
  type AlertTransitionKind,
  type AlertType,
  SEVERITY,
} from "@/lib/domain/alerts/alerting";
import { SYSTEM } from "@/lib/server/context";
import { epochMs, idList, type Runs, wordList } from "@/lib/server/sql";
import type { DeviceAlerts } from "./device-alerts";

// The one place that writes alerts and their timelines. What becomes of an alert is decided by
// lib/domain/alerts/alerting.ts and by operators; the callers hold the locks of the devices' state rows.

/** Whose doing a transition is, when, and in which words. */
type Doing = { actor: string; now: Date; comment?: string | null };

/** What an operator, or the end of a device's use, makes of alerts that exist. */
export type AlertMove = Extract<
  AlertTransitionKind,
  "acknowledged" | "unacknowledged" | "resolved"
>;

export type MovedAlert = { id: number; device_id: number; alert_type: AlertType };

const UNACKNOWLEDGED = sql`acknowledged_at = null, acknowledged_by = null, acknowledge_comment = null`;

/**
 * Moves alerts on at the word of someone, in their timelines too.
 * @param which the condition that an alert, a, is one of them
 * @returns those that it was
 */
export async function moveAlerts(
  db: Pick<Connection, "execute">,
  move: AlertMove,
  which: SQL,
  doing: Doing,
): Promise<MovedAlert[]> {
  const at = instant(doing.now);
  const columns: Record<AlertMove, SQL> = {
    acknowledged: sql`acknowledged_at = ${at}, acknowledged_by = ${doing.actor},
      acknowledge_comment = ${doing.comment ?? null}`,
    unacknowledged: UNACKNOWLEDGED,
    resolved: sql`resolved_at = greatest(${at}, a.created_at)`,
  };
  const moved = await db.execute<MovedAlert>(sql`
    with moved as (
      update alerts a set ${columns[move]} where ${which}
      returning a.id, a.device_id, a.alert_type,
                ${move === "resolved" ? sql`a.resolved_at` : at} as at
    ), ${timeline(sql`select id, ${move}::text, at, 1 from moved`, doing)}
    ${move === "resolved" ? NO_LONGER_LIVE : sql``}
    select id, device_id, alert_type from moved order by id`);
  return [...moved];
}

const NO_LONGER_LIVE = sql`, marked as (
  update device_state s
  set live_alerts = array(select unnest(s.live_alerts) except
                          select alert_type from moved where device_id = s.device_id order by 1)
  where s.device_id in (select device_id from moved)
)`;

type AlertRow = Omit<AlertLife, "alertType"> & { deviceId: number; alertType: AlertType };

/**
 * The newest alert of each type of these devices, unresolved or resolved since an instant (ms since
 * 1970). The devices' state rows must be locked, so that no one else moves these alerts on.
 */
export async function loadAlertLives(
  db: Runs,
  deviceIds: number[],
  resolvedSince: number,
): Promise<Map<number, Map<AlertType, AlertLife>>> {
  const rows = await db.execute<AlertRow>(sql`
    select id, device_id as "deviceId", alert_type as "alertType", message, details, occurrences,
           normal_readings as "normalReadings", ${epochMs("created_at")} as "createdAt",
           ${epochMs("last_triggered_at")} as "lastTriggeredAt",
           ${epochMs("acknowledged_at")} as "acknowledgedAt", ${epochMs("resolved_at")} as "resolvedAt"
    from alerts
    where device_id = any(${idList(deviceIds)})
      and (resolved_at is null or resolved_at >= ${instant(new Date(resolvedSince))})
    order by resolved_at nulls last, id`);
  const lives = new Map<number, Map<AlertType, AlertLife>>();
  for (const { deviceId, ...life } of rows) {
    const ofDevice = lives.get(deviceId) ?? new Map<AlertType, AlertLife>();
    lives.set(deviceId, ofDevice.set(life.alertType, life));
  }
  return lives;
}

/** Writes what the rules made of alerts: they, their timelines, and which types live on each device. */
export async function saveAlertLives(
  db: Runs,
  byDevice: Map<number, DeviceAlerts>,
  now: number,
): Promise<void> {
  const touched = [...byDevice].filter(([, alerts]) => alerts.changed.size > 0);
  if (touched.length === 0) return;
  const lives = touched.flatMap(([deviceId, alerts]) =>
    [...alerts.changed].map((life) => ({ deviceId, life })),
  );
  const raised = lives.filter(({ life }) => life.id === null);
  const known = lives.filter(({ life }) => life.id !== null).map(({ life }) => life);
  const transitions = touched.flatMap(([, alerts]) => alerts.transitions);
  const reopened = transitions.filter(({ kind }) => kind === "reopened");
  if (raised.length > 0) await insertAlerts(db, raised);
  if (known.length > 0) {
    const ids = reopened.map(({ alert }) => alert.id!);
    await updateAlerts(db, known, ids);
  }
  if (transitions.length > 0) {
    const doing = { actor: SYSTEM.name, now: new Date(now) };
    const ids = idList(transitions.map(({ alert }) => alert.id!));
    const kinds = wordList(transitions.map(({ kind }) => kind));
    const rows = sql`select id, kind, ${instant(doing.now)}, nr
      from unnest(${ids}, ${kinds}) with ordinality t(id, kind, nr)`;
    await db.execute(sql`with ${timeline(rows, doing)} select`);
  }
  await markLiveAlerts(db, touched);
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/**
 * A table expression that writes transitions down.
 * @param transitions a query of alert, kind, instant, and its place among those of its alert
 */
const timeline = (transitions: SQL, { actor, comment = null }: Doing) => sql`timeline as (
  insert into alert_transitions (alert_id, kind, at, actor, comment)
  select t.alert_id, t.kind::alert_transition_kind, t.at, ${actor}, ${comment}::text
  from (${transitions}) t(alert_id, kind, at, nr) order by t.alert_id, t.nr)`;

const instant = (date: Date) => sql`${date.toISOString()}::timestamptz`;
/** By way of text, which every driver sends as it is. */
const json = (value: unknown) => sql`${JSON.stringify(value)}::text::json`;

async function insertAlerts(db: Runs, raised: { deviceId: number; life: AlertLife }[]) {
  const rows = raised.map(({ deviceId, life }) => ({
    device_id: deviceId,
    alert_type: life.alertType,
    severity: SEVERITY[life.alertType],
    at: new Date(life.createdAt),
    ...columnsOf(life),
  }));
  const stored = await db.execute<{ id: number; device_id: number; alert_type: AlertType }>(sql`
    insert into alerts (device_id, alert_type, severity, created_at, message, details,
                        last_triggered_at, occurrences, normal_readings, resolved_at)
    select device_id, alert_type, severity, at, message, details,
           last_triggered_at, occurrences, normal_readings, resolved_at
    from json_to_recordset(${json(rows)}) as r(device_id int, alert_type alert_type,
      severity alert_severity, at timestamptz, message text, details jsonb,
      last_triggered_at timestamptz, occurrences int, normal_readings smallint,
      resolved_at timestamptz)
    returning id, device_id, alert_type`);
  const ids = new Map([...stored].map((row) => [`${row.device_id} ${row.alert_type}`, row.id]));
  for (const { deviceId, life } of raised) life.id = ids.get(`${deviceId} ${life.alertType}`)!;
}

/** What changes in the life of an alert; an acknowledgement may arrive meanwhile, so it is not there. */
const columnsOf = (life: AlertLife) => ({
  message: life.message,
  details: life.details,
  last_triggered_at: new Date(life.lastTriggeredAt),
  occurrences: life.occurrences,
  normal_readings: Math.min(life.normalReadings, 32_767),
  resolved_at: life.resolvedAt === null ? null : new Date(life.resolvedAt),
});

/** Also takes back the acknowledgement of what is reopened: its operator had seen it end. */
async function updateAlerts(db: Runs, lives: AlertLife[], reopened: number[]) {
  const rows = lives.map((life) => ({ id: life.id, ...columnsOf(life) }));
  await db.execute(sql`
    update alerts a
    set message = r.message, details = r.details, last_triggered_at = r.last_triggered_at,
        occurrences = r.occurrences, normal_readings = r.normal_readings, resolved_at = r.resolved_at
    from json_to_recordset(${json(rows)}) as r(id int, message text, details jsonb,
      last_triggered_at timestamptz, occurrences int, normal_readings smallint, resolved_at timestamptz)
    where a.id = r.id`);
  if (reopened.length === 0) return;
  await db.execute(sql`
    update alerts set ${UNACKNOWLEDGED}
    where id = any(${idList(reopened)}) and acknowledged_at is not null`);
}

/** Few combinations of types live on many devices: one statement for each. */
async function markLiveAlerts(db: Runs, touched: [number, DeviceAlerts][]) {
  const liveOn = ([, alerts]: [number, DeviceAlerts]) =>
    [...alerts.lives.keys()]
      .filter((type) => alerts.live(type))
      .sort()
      .join(",");
  for (const [live, devices] of grouped(touched, liveOn)) {
    const types = sql`${`{${live}}`}::alert_type[]`;
    await db.execute(sql`
      update device_state s set live_alerts = ${types}
      where s.device_id = any(${idList(devices.map(([id]) => id))}) and s.live_alerts <> ${types}`);
  }
}
