import { Panel } from "@/app/_ui/panel";
import { Definition } from "@/app/_ui/tables/definition";
import { AsTable, RecordTable } from "@/app/_ui/tables/record-table";
import { counted, figure } from "@/app/_ui/words/figures";
import type { HourOccupancy } from "@/lib/server/dashboard/read-occupancy-by-hour";
import type { LoadedDay } from "../../load";
import { OccupancyChart } from "./day-charts";
import classes from "./figures.module.css";
import { hourLabels } from "./hours";
import { Legend } from "./legend";
import { nowInWords, nowLabel } from "./now-marks";

const TITLE = "Occupancy through the day";
const MEANS =
  "The state of the bays at the end of each hour, carried over from one to the next: a car that arrived yesterday still counts. A bay is unknown before its first event, and while its device is offline: silent for longer than allowed. Where an hour is still to come, bays count as they are now.";

/** The bays by state at the end of each hour of the day, so far as it has come. */
export function OccupancyThroughDay({ day }: { day: LoadedDay }) {
  const { phase, occupancy, summary, nowMarks: now } = day;
  const labels = endLabels(summary.hourly_usage.map(({ hour }) => hour));
  const reached = occupancy.hours.map((hour, at) => {
    const isNow = phase === "today" && at === occupancy.hours.length - 1;
    return { ...hour, label: isNow ? "now" : labels[at]! };
  });
  const busiest = inWords(reached);
  return (
    <Panel id="occupancy" title={TITLE} aside={busiest}>
      <div className={classes.above}>
        <Legend
          entries={[
            { mark: "occupied", name: "Occupied" },
            { mark: "unknown", name: "Unknown" },
            { mark: "free", name: "Free" },
          ]}
        />
        <Definition term={TITLE}>{MEANS}</Definition>
      </div>
      <div className={classes.chart}>
        <OccupancyChart
          label={`Chart of the bays by state at the end of each hour. ${busiest}. ${nowInWords(now)} The figures are in the table below it.`}
          now={now.flatMap(({ name, time, hours }) =>
            time === null ? [] : [{ label: nowLabel(now, name), at: Math.floor(hours) }],
          )}
          moments={labels.map((label, at) => {
            const hour = reached[at];
            if (!hour) return { label, counts: null };
            const { occupied, free, unknown } = hour;
            return { label: hour.label, counts: { occupied, free, unknown } };
          })}
        />
      </div>
      {now.length > 1 ? <p className={classes.quiet}>{nowInWords(now)}</p> : null}
      <StatesTable moments={reached} />
    </Panel>
  );
}

type Reached = HourOccupancy & { label: string };

function inWords(moments: Reached[]): string {
  const fullest = moments.reduce<Reached | null>(
    (most, moment) => (moment.occupied > (most?.occupied ?? 0) ? moment : most),
    null,
  );
  if (!fullest) return "No bay is known to be occupied";
  const at = fullest.label === "now" ? "now" : `at ${fullest.label}`;
  return `Fullest ${at}, ${figure(fullest.occupied)} of ${counted(fullest.total, "bay")}`;
}

/** When each hour ends: where the next one begins, and 24:00. */
function endLabels(hours: string[]): string[] {
  return hours.length === 0 ? [] : [...hourLabels(hours).slice(1), "24:00"];
}

function StatesTable({ moments }: { moments: Reached[] }) {
  return (
    <AsTable summary="Figures as a table">
      <RecordTable
        className={classes.table}
        caption="Bays by state through the day"
        rows={moments}
        keyOf={({ hour }) => hour}
        cards={null}
        columns={[
          { name: "At", names: true, cell: ({ label }) => label },
          { name: "Occupied", cell: ({ occupied }) => figure(occupied) },
          { name: "Free", cell: ({ free }) => figure(free) },
          { name: "Unknown", cell: ({ unknown }) => figure(unknown) },
        ]}
      />
    </AsTable>
  );
}
