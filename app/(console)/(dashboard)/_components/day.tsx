import { addDays, dateInWords, zoneLabel } from "@/app/_ui/local-time";
import classes from "../dashboard.module.css";
import { type DashboardView, EARLIEST_DATE, LATEST_DATE } from "../dashboard-view";
import type { Dashboard } from "../load-dashboard";
import { EmptyDayHint } from "./empty-day-hint";
import { Heartbeat } from "./heartbeat";
import { HourlyEvents } from "./hourly-events";
import { type DayPhase, SummaryCards } from "./summary-cards";
import { TargetBars } from "./target-bars";
import { Toolbar } from "./toolbar";
import { ZonesTable } from "./zones-table";

export type LoadedDay = Extract<Dashboard, { kind: "day" }>;
export type DayProps = { day: LoadedDay; view: DashboardView; now: Date; origin: string };

/** One day of one facility, or of all of them. */
export function Day({ day, view, now, origin }: DayProps) {
  const { summary, facilities, facility, date, today } = day;
  const phase: DayPhase = day.isToday ? "today" : date < today ? "past" : "future";
  const several = facility === null && facilities.length > 1;
  return (
    <>
      <h1 className={classes.heading}>
        {dateInWords(date)}
        {phase === "today" ? " · today" : ""}
      </h1>
      <Toolbar
        facilities={facilities.map(({ id, name, retired }) => ({
          id,
          name: retired ? `${name} (retired)` : name,
        }))}
        facilityId={facility?.id ?? null}
        {...{ date, today, previous: addDays(date, -1), next: addDays(date, 1) }}
        {...{ earliest: EARLIEST_DATE, latest: LATEST_DATE }}
        timeZoneLabel={
          day.timeZone ? zoneLabel(day.timeZone, now) : "each facility’s own time zone"
        }
        clockZone={day.timeZone ?? "UTC"}
        live={phase === "today"}
      />
      {summary.total_parking_events === 0 ? (
        <EmptyDayHint phase={phase} newestEventDay={day.newestEventDay} />
      ) : null}
      <SummaryCards summary={summary} phase={phase} />
      <div className={classes.columns}>
        <HourlyEvents usage={summary.hourly_usage} />
        <TargetBars
          targets={summary.zone_breakdown}
          date={date}
          origin={origin}
          exampleZoneId={summary.zones[0]?.zone_id}
        />
      </div>
      <div className={classes.stack}>
        <ZonesTable
          zones={summary.zones}
          facilityNames={several ? new Map(facilities.map((f) => [f.id, f.name])) : null}
          phase={phase}
        />
        <Heartbeat day={day} view={view} origin={origin} withFacility={several} />
      </div>
    </>
  );
}
