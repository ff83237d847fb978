import { sql } from "drizzle-orm";
import { SEVERITY } from "@/lib/domain/alerting";
import { DEFAULT_LIMITS } from "@/lib/domain/limits";
import { type Context, SYSTEM } from "@/lib/server/context";
import {
  devicesInPlace,
  inUse,
  lastContact,
  offlineAfterSeconds,
  silentAt,
} from "@/lib/server/device-state/silence";
import { exactDurationSql } from "@/lib/server/exact-duration-sql";
import { notifyLive } from "@/lib/server/notices/notify-live";

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
 * One statement whatever the number of devices. Safe to run twice at once: a device's state row is
 * locked and looked at again before anything is decided (DESIGN section 3, "offline").
 * @param deviceIds without them all devices are looked at
 */
export async function checkOffline(
  { db, now }: Pick<Context, "db" | "now">,
  { deviceIds }: { deviceIds?: number[] } = {},
): Promise<OfflineCheck> {
  const started = performance.now();
  const looked = deviceIds ? sql`s.device_id = any(${`{${deviceIds}}`}::int[])` : sql`true`;
  const at = sql`${now.toISOString()}::timestamptz`;
  const [counts] = await db.execute<{ checked: number; raised: number; resolved: number }>(sql`
    with due as materialized (
      select s.device_id, not ('offline' = any(s.live_alerts)) as silent, ${lastContact} as last_contact,
             ${offlineAfterSeconds} as limit_s, ${reopenWithinSeconds} as reopen_s,
             d.offline_after_seconds is not null as any_message
      from ${devicesInPlace} join device_state s on s.device_id = d.id
      left join scheduled_jobs j on j.name = ${OFFLINE_CHECK}
      where ${looked} and
            case when 'offline' = any(s.live_alerts) then not (${silentAt(now)} and ${inUse})
                 else ${silentAt(sql`(${at} - ${unheard})`)} and ${inUse} end
      order by s.device_id for update of s
    ), silent as (
      select *, case when any_message then 'No message' else 'No telemetry' end
               || ' for more than ' || ${exactDurationSql(sql`limit_s`)} as message,
             jsonb_build_object('last_contact_at', to_char(last_contact at time zone 'UTC',
               'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'limit_s', limit_s) as details,
             (select a.id from alerts a
              where a.device_id = due.device_id and a.alert_type = 'offline'
                and a.resolved_at >= ${at} - make_interval(secs => reopen_s)
              order by a.resolved_at desc limit 1) as reopen_id
      from due where silent
    ), reopened as (
      update alerts a
      set resolved_at = null, acknowledged_at = null, acknowledged_by = null,
          acknowledge_comment = null, occurrences = a.occurrences + 1, last_triggered_at = ${at},
          message = s.message, details = s.details
      from silent s where a.id = s.reopen_id
      returning a.id, a.device_id
    ), raised as (
      insert into alerts (device_id, alert_type, severity, message, details, created_at, last_triggered_at)
      select device_id, 'offline', ${SEVERITY.offline}, message, details, ${at}, ${at}
      from silent where reopen_id is null order by device_id
      on conflict (device_id, alert_type) where resolved_at is null do nothing
      returning id, device_id
    ), resolved as (
      update alerts a set resolved_at = ${at}
      from due
      where not due.silent and a.device_id = due.device_id and a.alert_type = 'offline'
        and a.resolved_at is null
      returning a.id, a.device_id
    ), changes as (
      select id, device_id, 'raised'::alert_transition_kind as kind from raised
      union all select id, device_id, 'reopened' from reopened
      union all select id, device_id, 'resolved' from resolved
    ), timeline as (
      insert into alert_transitions (alert_id, kind, at, actor)
      select id, kind, ${at}, ${SYSTEM.name} from changes
    ), marked as (
      update device_state s
      set live_alerts = case when c.kind = 'resolved' then array_remove(s.live_alerts, 'offline')
                             else array_append(s.live_alerts, 'offline') end
      from changes c where s.device_id = c.device_id
    )
    select (select count(*)::int from ${devicesInPlace} join device_state s on s.device_id = d.id
            where ${looked} and ${inUse} and ${lastContact} is not null) as checked,
           (select count(*)::int from changes where kind <> 'resolved') as raised,
           (select count(*)::int from changes where kind = 'resolved') as resolved`);
  if (counts!.raised + counts!.resolved > 0) await notifyLive(db, []);
  const tookMs = Math.round((performance.now() - started) * 10) / 10;
  return { ...counts!, took_ms: tookMs };
}
