import { sql } from "drizzle-orm";
import { z } from "zod";
import type {
  AlertDetails,
  AlertSeverity,
  AlertTransitionKind,
  AlertType,
} from "@/lib/domain/alerts/alerting";
import { Id } from "@/lib/domain/values/fields";
import { cutPage, type Page, type PageRequest, rowsToFetch } from "@/lib/domain/values/paging";
import { notFound } from "@/lib/domain/values/problem";
import type { ReadContext } from "@/lib/server/context";
import { deviceWithin, PLACE } from "@/lib/server/scope/within-reach";
import { isoUtc } from "@/lib/server/sql";
import { type AlertFilters, alertsFor, alertsInPlace, alertsMatching } from "./alert-filters";

/** Where a list of alerts goes on: after this one, created at this instant to the microsecond. */
export const AlertCursor = z.tuple([z.iso.datetime().refine((at) => at >= "0001"), Id]);
export type AlertCursor = z.infer<typeof AlertCursor>;

export type AlertQuery = AlertFilters & PageRequest<AlertCursor>;

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
  details: AlertDetails;
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

const columns = sql`a.id, a.device_id, d.code as device_code, z.id as zone_id, z.code as zone_code,
  z.facility_id, a.severity, a.alert_type, a.message, a.details,
  ${isoUtc("a.created_at")} as created_at, ${isoUtc("a.acknowledged_at")} as acknowledged_at,
  a.acknowledged_by, a.acknowledge_comment, ${isoUtc("a.resolved_at")} as resolved_at,
  a.occurrences, ${isoUtc("a.last_triggered_at")} as last_triggered_at`;

/** Alerts, newest first. */
export async function readAlerts(
  context: ReadContext,
  query: AlertQuery,
): Promise<Page<AlertRow, AlertCursor>> {
  const { db, actor } = context;
  const counting =
    query.limit === undefined && query.cursor === undefined
      ? null
      : db.execute<{ total: number }>(sql`
          select count(*)::int as total from ${alertsFor(query, actor.reach)}
          where ${alertsMatching(query, actor.reach)}`);
  const [counted, page] = await Promise.all([counting, readAlertRows(context, query)]);
  return { ...page, total: counted?.[0]?.total ?? page.rows.length };
}

/** As `readAlerts`, for who counts them already. */
export async function readAlertRows(
  { db, actor }: ReadContext,
  { limit, cursor, ...filters }: AlertQuery,
): Promise<Omit<Page<AlertRow, AlertCursor>, "total">> {
  const after = cursor
    ? sql`(a.created_at, a.id) < (${cursor[0]}::timestamptz, ${cursor[1]}::int)`
    : sql`true`;
  // Ordered as the index is, which also says where nulls would go.
  const found = await db.execute<AlertRow & { cursor_at: string }>(sql`
    select ${columns}, ${isoUtc("a.created_at", "microseconds")} as cursor_at from ${alertsInPlace}
    where ${alertsMatching(filters, actor.reach)} and ${after}
    order by a.created_at desc nulls last, a.id desc nulls last
    limit ${rowsToFetch(limit)}`);
  const { rows, nextCursor } = cutPage(
    [...found],
    0,
    limit,
    (row): AlertCursor => [row.cursor_at, row.id],
  );
  return { rows: rows.map(({ cursor_at: _, ...row }) => row), nextCursor };
}

/** @throws Problem 404, also for what is out of reach */
export async function readAlert(
  { db, actor }: ReadContext,
  id: number,
): Promise<AlertRow & { timeline: AlertTimelineEntry[] }> {
  const [[alert], timeline] = await Promise.all([
    db.execute<AlertRow>(sql`
      select ${columns} from ${alertsInPlace}
      where a.id = ${id}::int and ${deviceWithin(actor.reach, PLACE)}`),
    db.execute<AlertTimelineEntry>(sql`
      select t.kind, ${isoUtc("t.at")} as at, t.actor, t.comment
      from alert_transitions t where t.alert_id = ${id}::int order by t.id`),
  ]);
  if (!alert) throw notFound("Alert");
  return { ...alert, timeline: [...timeline] };
}
