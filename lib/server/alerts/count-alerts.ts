import { sql } from "drizzle-orm";
import type { AlertState } from "@/lib/domain/alerts/alert-state";
import type { ReadContext } from "@/lib/server/context";
import { type AlertFilters, alertsFor, alertsMatching, IN_STATE } from "./alert-filters";

export type AlertCounts = Record<AlertState | "all", number>;

/** How many alerts match the filters in each state, whatever state those ask for. */
export async function countAlerts(
  { db, actor }: ReadContext,
  { state: _, active: __, ...filters }: AlertFilters,
): Promise<AlertCounts> {
  const [counts] = await db.execute<AlertCounts>(sql`
    select count(*) filter (where ${IN_STATE.open})::int as open,
           count(*) filter (where ${IN_STATE.acknowledged})::int as acknowledged,
           count(*) filter (where ${IN_STATE.resolved})::int as resolved,
           count(*)::int as all
    from ${alertsFor(filters, actor.reach)} where ${alertsMatching(filters, actor.reach)}`);
  return counts!;
}
