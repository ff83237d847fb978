import { cookies } from "next/headers";
import type { OpenedPage } from "@/app/_session/open-page";
import { readOrAway } from "@/app/_session/read-or-away";
import { localDate } from "@/app/_ui/words/local-time";
import type { LocalDate } from "@/lib/domain/values/fields";
import type { Context } from "@/lib/server/context";
import { readAttention } from "@/lib/server/dashboard/read-attention";
import { readDashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import { readExpectedByNow } from "@/lib/server/dashboard/read-expected-by-now";
import { readNewestEventDay } from "@/lib/server/dashboard/read-newest-event-day";
import { readOccupancyByHour } from "@/lib/server/dashboard/read-occupancy-by-hour";
import { readWeekBefore } from "@/lib/server/dashboard/read-week-before";
import { readHeartbeat } from "@/lib/server/devices/read-heartbeat";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { readSetupProgress } from "@/lib/server/setup/read-setup-progress";
import { listZones } from "@/lib/server/zones/read-zones";
import { findPlaceInView } from "../place-in-view";
import { nowMarks } from "./_components/charts/now-marks";
import { dismissalCookie } from "./_components/checklist/checklist-dismissal";
import type { DashboardView } from "./view";

export const DEVICES_PER_PAGE = 50;
/** So many of each kind are listed; a link leads to the others. */
const ATTENTION_ROWS = 5;

/** Where a date lies: figures of a day to come are not known yet. */
export type DayPhase = "past" | "today" | "future";

export type LoadedDay = NonNullable<Awaited<ReturnType<typeof loadDay>>>;
export type Checklist = Awaited<ReturnType<typeof readChecklist>>;

/** What the dashboard shows. @throws Problem 400 that names what does not exist */
export async function loadDashboard(opened: OpenedPage, view: DashboardView) {
  const [day, checklist] = await Promise.all([
    loadDay(opened.context, view),
    loadChecklist(opened),
  ]);
  return { day, checklist };
}

/** The way to the first reading; null for who has dismissed it, and while the database is away. */
async function loadChecklist({ context, session }: OpenedPage): Promise<Checklist | null> {
  if ((await cookies()).has(dismissalCookie(session.user.id))) return null;
  return readOrAway(() => readChecklist(context));
}

/** How far a fresh installation has come; `places` is null once a message came in. */
async function readChecklist(context: Context) {
  const progress = await readSetupProgress(context);
  if (progress.heard !== null) return { progress, places: null };
  const [facilities, zones] = await Promise.all([
    listFacilities(context, { retired: false }),
    listZones(context, { retired: false }),
  ]);
  return { progress, places: { facilities: facilities.rows, zones: zones.rows } };
}

/** A day of the place in view; null while there is no facility. */
async function loadDay(context: Context, view: DashboardView) {
  const place = await findPlaceInView(context, view);
  if (!place) return null;
  const { facilities, facility, zone, placeName, timeZone, timeZones } = place;
  const today = localDate(context.now, place.dayZone);
  const date: LocalDate = view.date ?? today;
  const isToday = timeZones.some((zone) => localDate(context.now, zone) === date);
  const phase: DayPhase = isToday ? "today" : date < today ? "past" : "future";

  const scope = { facilityId: facility?.id, zoneId: zone?.id };
  const day = { ...scope, date };
  const [summary, occupancy, weekBefore, expected, devices, attention] = await Promise.all([
    readDashboardSummary(context, day),
    readOccupancyByHour(context, day),
    phase === "future" ? null : readWeekBefore(context, day),
    phase === "today" ? readExpectedByNow(context, day) : null,
    readHeartbeat(context, {
      ...scope,
      search: view.search,
      status: view.status,
      state: view.state,
      sort: view.sort,
      limit: DEVICES_PER_PAGE,
      skip: view.after,
    }),
    isToday ? readAttention(context, { ...scope, limit: ATTENTION_ROWS }) : null,
  ]);
  const newestEventDay =
    summary.total_parking_events === 0 ? await readNewestEventDay(context, scope) : null;
  return {
    ...{ facilities, facility, zone, placeName, timeZone, today, date, phase },
    ...{ summary, occupancy, devices },
    /** What is wrong now; null for a date that is not today. */
    attention,
    /** What the figures are compared with; null for a date to come. */
    weekBefore,
    /** What is expected of its targets by now; null where the date is over or to come. */
    expected,
    nowMarks: phase === "today" ? nowMarks(place.inView, summary, context.now) : [],
    /** Where an empty day can point to. */
    newestEventDay,
  };
}
