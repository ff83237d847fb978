import { localDate } from "@/app/_ui/local-time";
import type { LocalDate } from "@/lib/domain/fields";
import type { Context } from "@/lib/server/context";
import { readDashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import { readNewestEventDay } from "@/lib/server/dashboard/read-newest-event-day";
import { readDeviceStatuses } from "@/lib/server/devices/read-device-statuses";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { databaseAwayProblem } from "@/lib/server/http/answer";
import type { DashboardView } from "./dashboard-view";

export const DEVICES_PER_PAGE = 50;

/** What a page of the dashboard shows, or why it can't. */
export type Dashboard = Awaited<ReturnType<typeof load>> | { kind: "away" };

/** @throws what is no outage of the database: a fault of the program */
export async function loadDashboard(context: Context, view: DashboardView): Promise<Dashboard> {
  try {
    return await load(context, view);
  } catch (error) {
    if (databaseAwayProblem(error)) return { kind: "away" };
    throw error;
  }
}

async function load(context: Context, view: DashboardView) {
  const { rows: facilities } = await listFacilities(context, {});
  if (facilities.length === 0) return { kind: "no_facility" as const };
  const wanted = view.facility;
  const facility =
    facilities.find(({ id }) => String(id) === wanted) ??
    facilities.find(({ code }) => code === wanted) ??
    null;
  if (wanted !== undefined && !facility) return { kind: "unknown_facility" as const };

  const inUse = facilities.filter(({ retired }) => !retired);
  const inView = facility ? [facility] : inUse.length > 0 ? inUse : facilities;
  const timeZones = new Set(inView.map((f) => f.time_zone));
  const timeZone = timeZones.size === 1 ? [...timeZones][0]! : null;
  const today = localDate(context.now, timeZone ?? commonest(inView.map((f) => f.time_zone)));
  const date: LocalDate = view.date ?? today;
  const isToday = [...timeZones].some((zone) => localDate(context.now, zone) === date);

  const place = { facilityId: facility?.id };
  const [summary, devices] = await Promise.all([
    readDashboardSummary(context, { ...place, date }),
    readDeviceStatuses(context, {
      ...place,
      search: view.search,
      status: view.status,
      limit: DEVICES_PER_PAGE,
      cursor: view.after.at(-1),
    }),
  ]);
  const newestEventDay =
    summary.total_parking_events === 0 ? await readNewestEventDay(context, place) : null;
  return {
    kind: "day" as const,
    ...{ facilities, facility, timeZone, today, date, isToday },
    ...{ summary, devices },
    /** Where an empty day can point to. */
    newestEventDay,
  };
}

/** All facilities together have no date of their own: most of them decide which day "today" is. */
function commonest(timeZones: string[]): string {
  const counts = new Map<string, number>();
  for (const zone of timeZones) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  return [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most))[0];
}
