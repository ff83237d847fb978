import { localDate } from "@/app/_ui/local-time";
import type { LocalDate } from "@/lib/domain/fields";
import type { Context } from "@/lib/server/context";
import { readAttention } from "@/lib/server/dashboard/read-attention";
import { readDashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import { readExpectedByNow } from "@/lib/server/dashboard/read-expected-by-now";
import { readNewestEventDay } from "@/lib/server/dashboard/read-newest-event-day";
import { readOccupancyByHour } from "@/lib/server/dashboard/read-occupancy-by-hour";
import { readWeekBefore } from "@/lib/server/dashboard/read-week-before";
import { readHeartbeat } from "@/lib/server/devices/read-heartbeat";
import { databaseAwayProblem } from "@/lib/server/http/answer";
import { findPlaceInView } from "../place-in-view";
import { nowMarks } from "./_components/now-marks";
import type { DashboardView } from "./dashboard-view";

export const DEVICES_PER_PAGE = 50;
/** So many of each kind are listed; a link leads to the others. */
const ATTENTION_ROWS = 5;

/** Where a date lies: figures of a day to come are not known yet. */
export type DayPhase = "past" | "today" | "future";

/** What a page of the dashboard shows, or why it can't. */
export type Dashboard = Awaited<ReturnType<typeof load>> | { kind: "away" };
export type LoadedDay = Extract<Dashboard, { kind: "day" }>;

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
  const place = await findPlaceInView(context, view);
  if (place.kind !== "place") return place;
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
    kind: "day" as const,
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
