import { localDate } from "@/app/_ui/local-time";
import type { Context } from "@/lib/server/context";
import { readNewestEventDay } from "@/lib/server/dashboard/read-newest-event-day";
import { readUsageOverview } from "@/lib/server/reports/read-usage-overview";
import { listZones } from "@/lib/server/zones/read-zones";
import { findPlaceInView } from "../place-in-view";
import { type ReportsView, rangeOf } from "./reports-view";

export const PREVIEW_ROWS = 50;

export type Report = Extract<Awaited<ReturnType<typeof loadReport>>, { kind: "report" }>;

/** What the page of reports shows, or why it can't. */
export async function loadReport(context: Context, view: ReportsView) {
  const place = await findPlaceInView(context, view);
  if (place.kind !== "place") return place;
  const { facilities, facility, zone, placeName, timeZone } = place;
  const today = localDate(context.now, place.dayZone);
  const range = rangeOf(view, today);
  const scope = { facilityId: facility?.id, zoneId: zone?.id };
  const [overview, zones] = await Promise.all([
    readUsageOverview(context, { ...range, ...scope }, PREVIEW_ROWS),
    listZones(context, { facility: facility ? String(facility.id) : undefined }),
  ]);
  return {
    ...{ kind: "report" as const, facilities, facility, zone, placeName, timeZone, today, range },
    overview,
    /** What can be chosen among. */
    zones: zones.rows,
    /** Where an empty report can point to. */
    newestEventDay: overview.events === 0 ? await readNewestEventDay(context, scope) : null,
  };
}
