import { type SQL, sql } from "drizzle-orm";
import { resolveAlert, silenceCause, triggerAlert } from "@/lib/domain/alerts/alerting";
import { DEFAULT_LIMITS } from "@/lib/domain/devices/limits";
import type { Context } from "@/lib/server/context";
import {
  devicesInPlace,
  inUse,
  lastContact,
  offlineAfterSeconds,
  silentAt,
} from "@/lib/server/device-state/silence";
import { notifyLive } from "@/lib/server/notices/notify-live";
import { readColumns } from "@/lib/server/read-columns";
import { epochMs, idList, type Runs } from "@/lib/server/sql";
import { loadAlertLives, saveAlertLives } from "./alert-writer";
import { DeviceAlerts } from "./device-alerts";

/** Name of the check among the recurring jobs. */
export const OFFLINE_CHECK = "offline-check";

/** What one run of the check did; `took_ms` in milliseconds. */
export type OfflineCheck = { checked: number; raised: number; resolved: number; took_ms: number };

const reopenWithinSeconds = sql.raw(
  `coalesce(d.reopen_within_seconds, z.reopen_within_seconds, f.reopen_within_seconds, ${DEFAULT_LIMITS.reopenWithinSeconds})`,
);

/**
 * For how long no one listened since a device's last contact (`j` is the check's own job). Devices
 * could not be heard then: it does not count as their silence.
 */
const unheard = sql`greatest(interval '0', j.gap_to - greatest(j.gap_from, ${lastContact}))`;

/**
 * Raises an alert for every device that has been silent for longer than allowed and has none,
 * reopens the one that was resolved a moment ago, and resolves those whose device is silent no more.
 * A few statements whatever the number of devices. Safe to run twice at once: a device's state row is
 * locked and looked at again before anything is decided (docs/rules.md#offline).
 * @param deviceIds without them all devices are looked at
 */
export async function checkOffline(
  { db, now }: Pick<Context, "db" | "now">,
  { deviceIds }: { deviceIds?: number[] } = {},
): Promise<OfflineCheck> {
  const started = performance.now();
  const looked = deviceIds ? sql`s.device_id = any(${idList(deviceIds)})` : sql`true`;
  const changes = await db.transaction(async (tx) => {
    const due = await lockDue(tx, looked, now);
    const changes = due.length === 0 ? { raised: 0, resolved: 0 } : await moveOn(tx, due, now);
    if (changes.raised + changes.resolved > 0) await notifyLive(tx, []);
    return changes;
  });
  const [counted] = await db.execute<{ checked: number }>(sql`
    select count(*)::int as checked from ${devicesInPlace} join device_state s on s.device_id = d.id
    where ${looked} and ${inUse} and ${lastContact} is not null`);
  const tookMs = Math.round((performance.now() - started) * 10) / 10;
  return { ...counted!, ...changes, took_ms: tookMs };
}

type Due = {
  device_id: number;
  /** Whether it fell silent; else its silence is over, or it is out of use. */
  silent: boolean;
  last_contact_ms: number;
  limit_s: number;
  reopen_s: number;
  any_message: boolean;
};

/** The devices whose silence began or ended without an alert that says so; their rows are locked. */
async function lockDue(db: Runs, looked: SQL, now: Date): Promise<Due[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  return readColumns<Due>(
    db,
    ["device_id", "silent", "last_contact_ms", "limit_s", "reopen_s", "any_message"],
    sql`
      select s.device_id, not ('offline' = any(s.live_alerts)) as silent,
             ${epochMs(lastContact)} as last_contact_ms,
             ${offlineAfterSeconds} as limit_s, ${reopenWithinSeconds} as reopen_s,
             d.offline_after_seconds is not null as any_message
      from ${devicesInPlace} join device_state s on s.device_id = d.id
      left join scheduled_jobs j on j.name = ${OFFLINE_CHECK}
      where ${looked} and
            case when 'offline' = any(s.live_alerts) then not (${silentAt(now)} and ${inUse})
                 else ${silentAt(sql`(${at} - ${unheard})`)} and ${inUse} end
      order by s.device_id for update of s`,
  );
}

async function moveOn(db: Runs, due: Due[], now: Date) {
  const at = now.getTime();
  const ids = due.map(({ device_id }) => device_id);
  const longest = Math.max(...due.map(({ reopen_s }) => reopen_s));
  const lives = await loadAlertLives(db, ids, at - longest * 1000);
  const byDevice = new Map(ids.map((id) => [id, new DeviceAlerts(lives.get(id) ?? new Map())]));
  for (const device of due) {
    const alerts = byDevice.get(device.device_id)!;
    const live = alerts.live("offline");
    if (!device.silent && live) alerts.take(resolveAlert(live, at));
    if (device.silent) {
      const limits = {
        offlineAfterSeconds: device.limit_s,
        reopenWithinSeconds: device.reopen_s,
      };
      const silence = { lastContact: device.last_contact_ms, anyMessage: device.any_message };
      const cause = silenceCause(silence, limits);
      alerts.take(triggerAlert(alerts.lives.get("offline") ?? null, "offline", cause, limits, at));
    }
  }
  await saveAlertLives(db, byDevice, at);
  const kinds = [...byDevice.values()].flatMap(({ transitions }) => transitions.map((t) => t.kind));
  const resolved = kinds.filter((kind) => kind === "resolved").length;
  return { raised: kinds.length - resolved, resolved };
}
