import { counted, figure, shortFigure } from "@/app/_ui/words/figures";
import { daysBetween } from "@/lib/domain/values/dates";
import type { UsageOverview } from "@/lib/server/reports/read-usage-overview";
import type { DateRange } from "../view";
import classes from "./reports.module.css";

/** What the whole report holds, in five figures. */
export function Totals({ overview, range }: { overview: UsageOverview; range: DateRange }) {
  const { events, occupied_events, free_events, devices, days } = overview;
  const share = (part: number) => `${figure(Math.round((part / events) * 100))} % of events`;
  return (
    <dl className={classes.cards}>
      <Total term="Events" count={events} note="rows of the file" />
      <Total term="Arrivals" count={occupied_events} note={share(occupied_events)} />
      <Total term="Departures" count={free_events} note={share(free_events)} />
      <Total term="Devices with events" count={devices} />
      <Total
        term="Days with events"
        count={days.length}
        note={`of ${counted(daysBetween(range.from, range.to), "day")}`}
      />
    </dl>
  );
}

function Total({ term, count, note }: { term: string; count: number; note?: string }) {
  return (
    <div className={classes.card}>
      <dt>{term}</dt>
      <dd>
        <div className={classes.value} title={figure(count)}>
          {shortFigure(count)}
        </div>
        {note ? <div className={classes.note}>{note}</div> : null}
      </dd>
    </div>
  );
}
