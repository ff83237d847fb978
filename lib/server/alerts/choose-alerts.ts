import { type SQL, sql } from "drizzle-orm";
import { MOST_ALERTS_AT_ONCE } from "@/lib/domain/alerts/alerting";
import type { Context } from "@/lib/server/context";
import { lockDeviceStates } from "@/lib/server/device-state/lock-device-states";
import { deviceWithin, PLACE } from "@/lib/server/scope/within-reach";
import { idList } from "@/lib/server/sql";
import { type AlertFilters, alertsInPlace, alertsMatching } from "./alert-filters";

/** Alerts that someone means: by id, or all that match what they looked at. */
export type AlertChoice =
  | { ids: number[] }
  | {
      matching: AlertFilters;
      /** When they looked: what was raised or came back later has not been seen. */
      asOf?: Date;
    };

/**
 * The ids of the chosen alerts within reach, the newest `MOST_ALERTS_AT_ONCE` of them; their
 * devices are locked, as ingestion does, so that these alerts stand still and nothing deadlocks.
 * @param condition of an alert, a, that can be changed at all
 * @returns the ids, and the condition as it has to be looked at again now that they stand still
 */
export async function chooseAlerts(
  { db, actor }: Context,
  choice: AlertChoice,
  condition: SQL,
): Promise<{ ids: number[]; still: SQL }> {
  const chosen = sql`(${condition}) and ${
    "ids" in choice
      ? sql`a.id = any(${idList(choice.ids)}) and ${deviceWithin(actor.reach, PLACE)}`
      : sql`${alertsMatching(choice.matching, actor.reach)} and ${seenBy(choice.asOf)}`
  }`;
  const found = await db.execute<{ id: number; device_id: number }>(sql`
    select a.id, a.device_id from ${alertsInPlace} where ${chosen}
    order by a.created_at desc, a.id desc limit ${MOST_ALERTS_AT_ONCE}`);
  const ids = [...found].map(({ id }) => id);
  const devices = [...new Set([...found].map(({ device_id }) => device_id))];
  if (ids.length > 0) await lockDeviceStates(db, sql`select unnest(${idList(devices)})`);
  const still = sql`(${condition}) and a.id in (
    select a.id from ${alertsInPlace} where a.id = any(${idList(ids)}) and ${chosen})`;
  return { ids, still };
}

function seenBy(asOf: Date | undefined): SQL {
  if (!asOf) return sql`true`;
  return sql`not exists (select from alert_transitions t where t.alert_id = a.id
    and t.kind in ('raised', 'reopened', 'unacknowledged') and t.at > ${asOf.toISOString()}::timestamptz)`;
}
