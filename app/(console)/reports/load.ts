import type { OpenedPage } from "@/app/_session/open-page";
import { localDate } from "@/app/_ui/words/local-time";
import { readNewestEventDay } from "@/lib/server/dashboard/read-newest-event-day";
import { readUsageOverview } from "@/lib/server/reports/read-usage-overview";
import { listZones } from "@/lib/server/zones/read-zones";
import { findPlaceInView } from "../place-in-view";
import { type ReportsView, rangeOf } from "./view";

export const PREVIEW_ROWS = 50;

export type Report = NonNullable<Awaited<ReturnType<typeof loadReport>>>;

/**
 * What the page of reports shows; null while there is no facility.
 * @throws Problem 400 that names what does not exist
 */
export async function loadReport({ context }: OpenedPage, view: ReportsView) {
  const place = await findPlaceInView(context, view);
  if (!place) return null;
  const { facilities, facility, zone, placeName, timeZone } = place;
  const today = localDate(context.now, place.dayZone);
  const range = rangeOf(view, today);
  const scope = { facilityId: facility?.id, zoneId: zone?.id };
  const [overview, zones] = await Promise.all([
    readUsageOverview(context, { ...range, ...scope }, PREVIEW_ROWS),
    listZones(context, { facility: facility ? String(facility.id) : undefined }),
  ]);
  return {
    ...{ facilities, facility, zone, placeName, timeZone, today, range },
    overview,
    /** What can be chosen among. */
    zones: zones.rows,
    /** Where an empty report can point to. */
    newestEventDay: overview.events === 0 ? await readNewestEventDay(context, scope) : null,
  };
}
