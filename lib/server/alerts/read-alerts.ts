import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { AlertSeverity, AlertTransitionKind, AlertType } from "@/lib/domain/alerting";
import { Id } from "@/lib/domain/fields";
import { cutPage, type Page, type PageRequest, rowsToFetch } from "@/lib/domain/paging";
import { notFound } from "@/lib/domain/problem";
import type { Reach } from "@/lib/domain/reach";
import type { ReadContext } from "@/lib/server/context";
import type { Scope } from "@/lib/server/scope/resolve-scope";
import { deviceWithin, PLACE } from "@/lib/server/scope/within-reach";
import { type Bound, createdBetween } from "./created-between";

/** Where a list of alerts goes on: after this one, created at this instant to the microsecond. */
export const AlertCursor = z.tuple([z.iso.datetime().refine((at) => at >= "0001"), Id]);
export type AlertCursor = z.infer<typeof AlertCursor>;

export type AlertQuery = Scope &
  PageRequest<AlertCursor> & {
    /** Open ones: neither acknowledged nor resolved. */
    active?: boolean;
    severity?: AlertSeverity;
    type?: AlertType;
    from?: Bound;
    to?: Bound;
  };

/** An alert as it is shown. Times are ISO 8601 in UTC. */
export type AlertRow = {
  id: number;
  device_id: number;
  device_code: string;
  zone_id: number;
  zone_code: string;
  facility_id: number;
  severity: AlertSeverity;
  alert_type: AlertType;
  message: string;
  details: Record<string, number | string>;
  created_at: string;
  acknowledged_at: string | null;
  acknowledged_by: string | null;
  acknowledge_comment: string | null;
  resolved_at: string | null;
  occurrences: number;
  last_triggered_at: string;
};

/** One change in the life of an alert. */
export type AlertTimelineEntry = {
  kind: AlertTransitionKind;
  at: string;
  actor: string;
  comment: string | null;
};

const iso = (column: SQL, digits = "MS") =>
  sql`to_char(${column} at time zone 'UTC', ${sql.raw(`'YYYY-MM-DD"T"HH24:MI:SS.${digits}"Z"'`)})`;

const columns = sql`a.id, a.device_id, d.code as device_code, z.id as zone_id, z.code as zone_code,
  z.facility_id, a.severity, a.alert_type, a.message, a.details,
  ${iso(sql`a.created_at`)} as created_at, ${iso(sql`a.acknowledged_at`)} as acknowledged_at,
  a.acknowledged_by, a.acknowledge_comment, ${iso(sql`a.resolved_at`)} as resolved_at,
  a.occurrences, ${iso(sql`a.last_triggered_at`)} as last_triggered_at`;

const inPlace = sql`join devices d on d.id = a.device_id join zones z on z.id = d.zone_id
  join facilities f on f.id = z.facility_id`;

/** Alerts, newest first. */
export async function readAlerts(
  { db, actor }: ReadContext,
  query: AlertQuery,
): Promise<Page<AlertRow, AlertCursor>> {
  const { limit, cursor } = query;
  const matching = sql.join([sql`true`, ...conditions(query, actor.reach)], sql` and `);
  const counting =
    limit === undefined && cursor === undefined
      ? null
      : db.execute<{ total: number }>(sql`
          select count(*)::int as total from alerts a
          ${needsPlace(query, actor.reach) ? inPlace : sql``} where ${matching}`);
  const after = cursor
    ? sql`(a.created_at, a.id) < (${cursor[0]}::timestamptz, ${cursor[1]}::int)`
    : sql`true`;
  // Ordered as the index is, which also says where nulls would go.
  const reading = db.execute<AlertRow & { cursor_at: string }>(sql`
    select ${columns}, ${iso(sql`a.created_at`, "US")} as cursor_at from alerts a ${inPlace}
    where ${matching} and ${after}
    order by a.created_at desc nulls last, a.id desc nulls last
    limit ${rowsToFetch(limit)}`);
  const [counted, found] = await Promise.all([counting, reading]);
  const total = counted?.[0]?.total ?? found.length;
  const page = cutPage([...found], total, limit, (row): AlertCursor => [row.cursor_at, row.id]);
  return { ...page, rows: page.rows.map(({ cursor_at: _, ...row }) => row) };
}

/** @throws Problem 404, also for what is out of reach */
export async function readAlert(
  { db, actor }: ReadContext,
  id: number,
): Promise<AlertRow & { timeline: AlertTimelineEntry[] }> {
  const [[alert], timeline] = await Promise.all([
    db.execute<AlertRow>(sql`
      select ${columns} from alerts a ${inPlace}
      where a.id = ${id}::int and ${deviceWithin(actor.reach, PLACE)}`),
    db.execute<AlertTimelineEntry>(sql`
      select t.kind, ${iso(sql`t.at`)} as at, t.actor, t.comment
      from alert_transitions t where t.alert_id = ${id}::int order by t.id`),
  ]);
  if (!alert) throw notFound("Alert");
  return { ...alert, timeline: [...timeline] };
}

const needsPlace = ({ facilityId, zoneId, from, to }: AlertQuery, reach: Reach) =>
  reach.kind !== "all" || [facilityId, zoneId, from, to].some((filter) => filter !== undefined);

function conditions(query: AlertQuery, reach: Reach): SQL[] {
  const open = sql`(a.resolved_at is null and a.acknowledged_at is null)`;
  const all = createdBetween(query.from, query.to);
  if (reach.kind !== "all") all.push(deviceWithin(reach, PLACE));
  if (query.active !== undefined) all.push(query.active ? open : sql`not ${open}`);
  if (query.severity) all.push(sql`a.severity = ${query.severity}`);
  if (query.type) all.push(sql`a.alert_type = ${query.type}`);
  if (query.deviceId !== undefined) all.push(sql`a.device_id = ${query.deviceId}::int`);
  if (query.zoneId !== undefined) all.push(sql`z.id = ${query.zoneId}::int`);
  if (query.facilityId !== undefined) all.push(sql`z.facility_id = ${query.facilityId}::int`);
  return all;
}
