import { NoEvents } from "@/app/_ui/notices/no-events";
import { shortDate, zoneInView } from "@/app/_ui/words/local-time";
import { may, type Standing } from "@/lib/domain/access/access";
import { addDays, EARLIEST_DATE, LATEST_DATE } from "@/lib/domain/values/dates";
import classes from "../dashboard.module.css";
import type { DayPhase, LoadedDay } from "../load";
import type { DashboardView } from "../view";
import { comparisonOf } from "./cards/comparison";
import { SummaryCards } from "./cards/summary-cards";
import { HourlyEvents } from "./charts/hourly-events";
import { OccupancyThroughDay } from "./charts/occupancy-through-day";
import { DayHead } from "./day-head";
import { Heartbeat } from "./heartbeat/heartbeat";
import { NeedsAttention } from "./needs-attention";
import { Targets } from "./targets/targets";
import { Toolbar } from "./toolbar";
import { ZonesTable } from "./zones-table";

type DayProps = {
  day: LoadedDay;
  view: DashboardView;
  now: Date;
  origin: string;
  /** The way to the first reading, on a fresh installation. */
  checklist: React.ReactNode;
  user: Standing;
};

/** A day without events says whether that is to be expected. */
const NO_EVENTS: Record<DayPhase, string> = {
  future: "This date is still to come.",
  today: "No parking events today yet.",
  past: "No parking events on this date.",
};

/** One day of one facility or zone, or of all of them. */
export function Day({ day, view, now, origin, checklist, user }: DayProps) {
  const { summary, facilities, facility, zone, date, today, phase, attention } = day;
  const severalPlaces = facility === null && facilities.length > 1;
  const facilityNames = severalPlaces ? new Map(facilities.map((f) => [f.id, f.name])) : null;
  const comparison = comparisonOf(day, now);
  const place = { facility: view.facility, zone: zone?.id };
  return (
    <>
      <DayHead place={day.placeName} zone={zone} date={date} phase={phase} />
      <Toolbar
        {...{ date, today, previous: addDays(date, -1), next: addDays(date, 1) }}
        {...{ yesterday: addDays(today, -1), earliest: EARLIEST_DATE, latest: LATEST_DATE }}
        timeZoneLabel={zoneInView(day.timeZone, now)}
        clockZone={day.timeZone ?? "UTC"}
        live={phase === "today"}
      />
      {checklist}
      {attention && summary.occupancy.total > 0 ? (
        <div className={classes.first}>
          <NeedsAttention
            attention={attention}
            place={place}
            timeZones={new Map(facilities.map((one) => [one.id, one.time_zone]))}
            withFacility={severalPlaces}
          />
        </div>
      ) : null}
      {summary.total_parking_events === 0 ? (
        <NoEvents
          mb="md"
          newestEventDay={day.newestEventDay}
          asks={(date) => ({ date, after: null })}
        >
          {NO_EVENTS[phase]}
        </NoEvents>
      ) : null}
      <SummaryCards
        summary={summary}
        phase={phase}
        comparison={comparison}
        expected={day.expected?.overall ?? null}
        place={place}
        mayExport={may(user, "reports.export")}
      />
      <div className={classes.columns}>
        <HourlyEvents
          usage={summary.hourly_usage}
          now={day.nowMarks}
          dayName={phase === "today" ? "Today" : shortDate(date)}
          comparison={comparison}
          compared={view.compare !== "off"}
        />
        <Targets
          targets={summary.zone_breakdown}
          expected={day.expected}
          zones={summary.zones.filter((one) => one.total > 0 || one.events > 0)}
          facilityNames={facilityNames}
          date={date}
          mayWrite={may(user, "targets.write")}
        />
      </div>
      <div className={classes.stack}>
        <OccupancyThroughDay day={day} />
        <ZonesTable
          {...{ zones: summary.zones, facilityNames, phase, date }}
          facility={view.facility}
          mayExport={may(user, "reports.export")}
        />
        <Heartbeat {...{ day, view, origin, now }} withFacility={severalPlaces} />
      </div>
    </>
  );
}
