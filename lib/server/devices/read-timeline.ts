import { sql } from "drizzle-orm";
import type { AlertSeverity, AlertType } from "@/lib/domain/alerts/alerting";
import { occupancyStretches, type Stretch } from "@/lib/domain/occupancy/bay-history";
import type { Context } from "@/lib/server/context";
import { epochMs } from "@/lib/server/sql";
import type { DeviceDetail } from "./read-device-detail";
import { instantOf, type Range } from "./resolve-range";

/** An alert while it was not resolved; milliseconds since 1970, `to` null while it lives. */
export type AlertSpan = {
  id: number;
  alert_type: AlertType;
  severity: AlertSeverity;
  message: string;
  from: number;
  to: number | null;
};

/** What happened to a bay and its device in a range. */
export type Timeline = {
  stretches: Stretch[];
  /** Parking logs that say occupied after free, or first of all. */
  arrivals: number;
  /** Newest first, the newest `MOST_ALERTS` of them. */
  alerts: AlertSpan[];
  moreAlerts: boolean;
  /** From when on everything is there; later than the range's start where there is too much. */
  completeFrom: number;
};

/** More than a screen can show; only a faulty sensor has as many. */
const MOST_CHANGES = 20_000;
const MOST_ALERTS = 200;

/**
 * The occupancy and the alerts of a device in a range, up to now. Occupancy follows the rule in
 * lib/domain/occupancy/bay-state.ts: silence is measured by the messages and the limit in force now.
 * @param query.device a device that is known to be within the actor's reach
 */
export async function readTimeline(
  { db, now }: Pick<Context, "db" | "now">,
  { device, range }: { device: DeviceDetail; range: Range },
): Promise<Timeline> {
  const place = { db, device, from: range.from, to: Math.min(range.to, now.getTime()) };
  const [changes, before, silences, alerts] = await Promise.all([
    readChanges(place),
    readStateBefore(place),
    readSilences(place),
    readAlertSpans(place),
  ]);
  const cut = Math.max(
    changes.length === MOST_CHANGES ? changes[0]!.at : range.from,
    silences.length === MOST_CHANGES ? silences[0]!.from : range.from,
  );
  const cutOff = cut > range.from;
  return {
    stretches: occupancyStretches({
      from: cut,
      to: place.to,
      occupiedBefore: cutOff ? null : before,
      changes,
      silences: silences.filter((silence) => silence.to > cut),
    }),
    arrivals: changes.filter(({ isOccupied }) => isOccupied).length,
    alerts: alerts.slice(0, MOST_ALERTS),
    moreAlerts: alerts.length > MOST_ALERTS,
    completeFrom: cut,
  };
}

type Place = { db: Context["db"]; device: DeviceDetail; from: number; to: number };

/** Of several logs at one timestamp the one received last counts. */
async function readChanges({ db, device, from, to }: Place) {
  const rows = await db.execute<{ at: number; isOccupied: boolean }>(sql`
    select ${epochMs("l.timestamp")} as at, l.is_occupied as "isOccupied"
    from (
      select timestamp, arrival, is_occupied,
             lag(is_occupied) over (order by timestamp, arrival) as before
      from parking_logs
      where device_id = ${device.facts.id}::int
        and timestamp >= ${instantOf(from)} and timestamp < ${instantOf(to)}
    ) l
    where l.before is distinct from l.is_occupied
    order by l.timestamp desc, l.arrival desc limit ${MOST_CHANGES}`);
  return [...rows].reverse();
}

async function readStateBefore({ db, device, from }: Place): Promise<boolean | null> {
  const [row] = await db.execute<{ is_occupied: boolean }>(sql`
    select is_occupied from parking_logs
    where device_id = ${device.facts.id}::int and timestamp < ${instantOf(from)}
    order by timestamp desc, arrival desc limit 1`);
  return row?.is_occupied ?? null;
}

/** From the end of what is allowed until the next contact, or the end of the range. */
async function readSilences({ db, device, from, to }: Place) {
  const { id, offline_after_seconds } = device.facts;
  const tables = device.any_message_counts ? ["telemetry", "parking_logs"] : ["telemetry"];
  const contacts = tables.map((table) => {
    const of = sql`from ${sql.identifier(table)} where device_id = ${id}::int`;
    return sql`select timestamp ${of}
        and timestamp >= ${instantOf(from)} and timestamp < ${instantOf(to)}
      union all
      (select timestamp ${of} and timestamp < ${instantOf(from)} order by timestamp desc limit 1)`;
  });
  const rows = await db.execute<{ from: number; to: number }>(sql`
    select ${epochMs("c.before")} + ${offline_after_seconds * 1000} as from,
           ${epochMs("c.timestamp")} as to
    from (
      select timestamp, lag(timestamp) over (order by timestamp) as before
      from (${sql.join(contacts, sql` union all `)} union all select ${instantOf(to)}) m
    ) c
    where c.timestamp - c.before > make_interval(secs => ${offline_after_seconds})
      and c.timestamp > ${instantOf(from)}
    order by c.timestamp desc limit ${MOST_CHANGES}`);
  return [...rows].reverse().map((row) => ({ ...row, from: Math.max(row.from, from) }));
}

async function readAlertSpans({ db, device, from, to }: Place): Promise<AlertSpan[]> {
  const rows = await db.execute<AlertSpan>(sql`
    select a.id, a.alert_type, a.severity, a.message,
           ${epochMs("a.created_at")} as from,
           ${epochMs("a.resolved_at")} as to
    from alerts a
    where a.device_id = ${device.facts.id}::int and a.created_at < ${instantOf(to)}
      and (a.resolved_at is null or a.resolved_at >= ${instantOf(from)})
    order by a.created_at desc, a.id desc limit ${MOST_ALERTS + 1}`);
  return [...rows];
}
