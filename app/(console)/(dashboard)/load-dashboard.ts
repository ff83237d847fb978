import { localDate } from "@/app/_ui/local-time";
import type { LocalDate } from "@/lib/domain/fields";
import { Problem } from "@/lib/domain/problem";
import type { Context } from "@/lib/server/context";
import { readDashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import { readNewestEventDay } from "@/lib/server/dashboard/read-newest-event-day";
import { readOccupancyByHour } from "@/lib/server/dashboard/read-occupancy-by-hour";
import { readWeekBefore } from "@/lib/server/dashboard/read-week-before";
import { readDeviceStatuses } from "@/lib/server/devices/read-device-statuses";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { databaseAwayProblem } from "@/lib/server/http/answer";
import { resolveScope } from "@/lib/server/scope/resolve-scope";
import { readZone } from "@/lib/server/zones/read-zones";
import type { DashboardView } from "./dashboard-view";

export const DEVICES_PER_PAGE = 50;

/** Where a date lies: figures of a day to come are not known yet. */
export type DayPhase = "past" | "today" | "future";

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
  const place = await findPlace(context, view);
  if (place.kind !== "place") return place;
  const { facilities, facility, zone, timeZones } = place;
  const timeZone = new Set(timeZones).size === 1 ? timeZones[0]! : null;
  const today = localDate(context.now, timeZone ?? commonest(timeZones));
  const date: LocalDate = view.date ?? today;
  const isToday = timeZones.some((zone) => localDate(context.now, zone) === date);
  const phase: DayPhase = isToday ? "today" : date < today ? "past" : "future";

  const scope = { facilityId: facility?.id, zoneId: zone?.id };
  const day = { ...scope, date };
  const [summary, occupancy, weekBefore, devices] = await Promise.all([
    readDashboardSummary(context, day),
    readOccupancyByHour(context, day),
    phase === "future" ? null : readWeekBefore(context, day),
    readDeviceStatuses(context, {
      ...scope,
      search: view.search,
      status: view.status,
      limit: DEVICES_PER_PAGE,
      cursor: view.after.at(-1),
    }),
  ]);
  const newestEventDay =
    summary.total_parking_events === 0 ? await readNewestEventDay(context, scope) : null;
  return {
    kind: "day" as const,
    ...{ facilities, facility, zone, timeZone, today, date, phase },
    ...{ summary, occupancy, devices },
    /** What the figures are compared with; null for a date to come. */
    weekBefore,
    /** Where an empty day can point to. */
    newestEventDay,
  };
}

/** The part of the estate in view, and the time zones of the facilities that it lies in. */
async function findPlace(context: Context, view: DashboardView) {
  const { rows: facilities } = await listFacilities(context, {});
  if (facilities.length === 0) return { kind: "no_facility" as const };
  const wanted = view.facility;
  const named =
    facilities.find(({ id }) => String(id) === wanted) ??
    facilities.find(({ code }) => code === wanted) ??
    null;
  if (wanted !== undefined && !named) return { kind: "unknown_facility" as const };
  const zone = view.zone === undefined ? null : await findZone(context, view.zone, named?.id);
  if (zone === undefined) return { kind: "unknown_zone" as const };
  const facility = named ?? facilities.find(({ id }) => id === zone?.facility_id) ?? null;
  const inUse = facilities.filter(({ retired }) => !retired);
  const inView = facility ? [facility] : inUse.length > 0 ? inUse : facilities;
  const timeZones = inView.map((one) => one.time_zone);
  return { kind: "place" as const, facilities, facility, zone, timeZones };
}

/** @returns undefined when the code or id names no zone of the facility, or several of the estate */
async function findZone(context: Context, zone: string, facilityId: number | undefined) {
  const facility = facilityId === undefined ? undefined : String(facilityId);
  try {
    const { zoneId } = await resolveScope(context, { facility, zone });
    return zoneId === undefined ? undefined : await readZone(context, zoneId);
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return undefined;
    throw error;
  }
}

/** All facilities together have no date of their own: most of them decide which day "today" is. */
function commonest(timeZones: string[]): string {
  const counts = new Map<string, number>();
  for (const zone of timeZones) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  return [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most))[0];
}
