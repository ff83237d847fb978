import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { parseTimestamp } from "@/lib/domain/messages/timestamp";
import { LocalDate } from "@/lib/domain/values/fields";

/** One end of a time range: a local date of each facility, or an instant in ms since 1970. */
export type Bound = { date: LocalDate } | { instant: number };

const WHAT = "Must be a date, YYYY-MM-DD, or an ISO 8601 date and time.";
/** What both JavaScript and Postgres write with four-digit years. */
const EARLIEST_MS = Date.parse("0001-01-01T00:00:00Z");
const LATEST_MS = Date.parse("9999-12-31T23:59:59.999Z");

/** A bound in a query string. */
export const BoundText = z.string().transform((text, context): Bound => {
  const date = LocalDate.safeParse(text);
  if (date.success) return { date: date.data };
  // A plus sign that was not escaped arrives as a space.
  const instant = parseTimestamp(text.trim().replace(/ (?=\d{2}:?\d{2}$)/, "+"));
  if (instant !== null) return { instant };
  context.addIssue({ code: "custom", message: WHAT });
  return z.NEVER;
});

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** No local midnight lies further than this from midnight in UTC. */
const WIDEST_OFFSET_MS = 16 * HOUR_MS;

const isDate = (bound: Bound) => "date" in bound;
const earliest = (bound: Bound) =>
  "date" in bound ? Date.parse(bound.date) - WIDEST_OFFSET_MS : bound.instant;
const latest = (bound: Bound) =>
  "date" in bound ? Date.parse(bound.date) + DAY_MS + WIDEST_OFFSET_MS : bound.instant;

function isWrongWayRound(from: Bound, to: Bound): boolean {
  // Two of a kind compare exactly; a date and an instant only where they can't overlap.
  if (isDate(from) === isDate(to)) return earliest(from) > earliest(to);
  return earliest(from) > latest(to);
}

/**
 * The condition that an alert, a, of a facility, f, was created in a range, both ends included; a
 * range given the wrong way round is swapped.
 */
export function createdBetween(from: Bound | undefined, to: Bound | undefined): SQL[] {
  if (from && to && isWrongWayRound(from, to)) return createdBetween(to, from);
  const at = (ms: number) => {
    const within = Math.min(Math.max(ms, EARLIEST_MS), LATEST_MS);
    return sql`${new Date(within).toISOString()}::timestamptz`;
  };
  const localDate = sql`(a.created_at at time zone f.time_zone)::date`;
  const conditions: SQL[] = [];
  // The plain range of instants is for the index.
  if (from) conditions.push(sql`a.created_at >= ${at(earliest(from))}`);
  if (from && "date" in from) conditions.push(sql`${localDate} >= ${from.date}::date`);
  if (to) conditions.push(sql`a.created_at <= ${at(latest(to))}`);
  if (to && "date" in to) conditions.push(sql`${localDate} <= ${to.date}::date`);
  return conditions;
}
