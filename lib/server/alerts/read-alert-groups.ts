import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import {
  ALERT_SEVERITIES,
  type AlertGrouping,
  type AlertSeverity,
  type AlertType,
} from "@/lib/domain/alerts/alerting";
import { cutPage, type Page, type PageRequest, rowsToFetch } from "@/lib/domain/values/paging";
import type { ReadContext } from "@/lib/server/context";
import { isoUtc } from "@/lib/server/sql";
import { type AlertFilters, alertsInPlace, alertsMatching, IN_STATE } from "./alert-filters";

/** Where a list of groups goes on: after the one of this worst severity, count and key. */
export const AlertGroupCursor = z.tuple([
  z.enum(ALERT_SEVERITIES),
  z.int().positive(),
  z.string().regex(/^\w{1,32}$/),
]);
export type AlertGroupCursor = z.infer<typeof AlertGroupCursor>;

/** Alerts of one device, zone or type. `key` is an id, or the type itself. */
export type AlertGroup = {
  key: string;
  device_code: string | null;
  zone_code: string | null;
  facility_id: number | null;
  alert_type: AlertType | null;
  worst: AlertSeverity;
  alerts: number;
  open: number;
  /** When the newest was created, ISO 8601 in UTC. */
  newest_at: string;
};

/** The group's key, and what names it: one value for all alerts of the group. */
const KEYS: Record<AlertGrouping, SQL> = {
  device: sql`d.id`,
  zone: sql`z.id`,
  type: sql`a.alert_type`,
};
const none = sql`null`;
const NAMES: Record<AlertGrouping, Record<"device" | "zone" | "facility" | "type", SQL>> = {
  device: {
    device: sql`min(d.code)`,
    zone: sql`min(z.code)`,
    facility: sql`min(z.facility_id)`,
    type: none,
  },
  zone: { device: none, zone: sql`min(z.code)`, facility: sql`min(z.facility_id)`, type: none },
  type: { device: none, zone: none, facility: none, type: sql`a.alert_type` },
};

/** All alerts that match, in groups: the worst first, then those of the most alerts. */
export async function readAlertGroups(
  { db, actor }: ReadContext,
  {
    by,
    limit,
    cursor,
    ...filters
  }: AlertFilters & PageRequest<AlertGroupCursor> & { by: AlertGrouping },
): Promise<Page<AlertGroup, AlertGroupCursor>> {
  const names = NAMES[by];
  const after = cursor
    ? sql`(g.worst, g.alerts, g.key) <
          (${cursor[0]}::alert_severity, ${cursor[1]}::int, ${cursor[2]}::text collate "C")`
    : sql`true`;
  const found = await db.execute<AlertGroup & { groups: number }>(sql`
    select g.key, g.device_code, g.zone_code, g.facility_id, g.alert_type, g.worst, g.alerts,
           g.open, ${isoUtc("g.newest")} as newest_at, g.groups
    from (
      select ${KEYS[by]}::text collate "C" as key, ${names.device} as device_code,
             ${names.zone} as zone_code, ${names.facility} as facility_id,
             ${names.type} as alert_type, max(a.severity) as worst, count(*)::int as alerts,
             count(*) filter (where ${IN_STATE.open})::int as open, max(a.created_at) as newest,
             count(*) over ()::int as groups
      from ${alertsInPlace} where ${alertsMatching(filters, actor.reach)}
      group by ${KEYS[by]}
    ) g
    where ${after}
    order by g.worst desc, g.alerts desc, g.key desc
    limit ${rowsToFetch(limit)}`);
  const total = found[0]?.groups ?? 0;
  const page = cutPage(
    [...found],
    total,
    limit,
    ({ worst, alerts, key }): AlertGroupCursor => [worst, alerts, key],
  );
  return { ...page, rows: page.rows.map(({ groups: _, ...group }) => group) };
}
