import { requireBreadth } from "@/lib/domain/access/reach";
import type { Occupancy } from "@/lib/domain/occupancy/occupancy";
import type { LocalDate } from "@/lib/domain/values/fields";
import type { Context } from "@/lib/server/context";
import { countBays, readBayHistories } from "./bay-histories";
import { readHourMoments } from "./day-moments";
import type { DashboardQuery } from "./read-dashboard-summary";

/** The state of the bays at the end of an hour, now for the hour under way; `hour` is its beginning. */
export type HourOccupancy = Occupancy & { hour: string };

/**
 * The state of the bays through a date, carried over from hour to hour, each facility by its own
 * local date. The hours are those of `hourly_usage` that have begun; the last one of a date that is
 * over is its `occupancy` in the summary. What counts as silence in between is in
 * docs/decisions/occupancy-through-the-day.md.
 * @throws Problem 403 for who reaches a single device: these are figures of zones
 */
export async function readOccupancyByHour(
  { db, actor, now }: Context,
  query: DashboardQuery,
): Promise<{ date: LocalDate; hours: HourOccupancy[] }> {
  requireBreadth(actor.reach, "zone");
  const scope = { ...query, now, reach: actor.reach };
  return db.transaction(
    async (tx) => {
      const { hours, days } = await readHourMoments(tx, scope);
      const counts = countBays(await readBayHistories(tx, scope, days), days);
      return { date: query.date, hours: hours.map((hour, n) => ({ hour, ...counts[n]! })) };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}
