import { Panel } from "@/app/_ui/panel";
import { AsTable, RecordTable } from "@/app/_ui/tables/record-table";
import { counted, figure } from "@/app/_ui/words/figures";
import type { HourlyUsage } from "@/lib/server/dashboard/hourly-usage";
import { CompareSwitch } from "../cards/compare-switch";
import type { Comparison } from "../cards/comparison";
import { HourlyChart } from "./day-charts";
import classes from "./figures.module.css";
import { besideHours, hourLabels } from "./hours";
import { Legend } from "./legend";
import { isOverEverywhere, type NowMark, nowInWords, nowLabel } from "./now-marks";

type HourlyEventsProps = {
  usage: HourlyUsage[];
  /** How far the day has come in each place; none of a day that is over. */
  now: NowMark[];
  /** What the day is in words: "This day", "Today". */
  dayName: string;
  comparison: Comparison | null;
  /** Whether the week before is to be seen. */
  compared: boolean;
};

type Hour = {
  hour: string;
  label: string;
  count: number;
  before: number | null;
  /** Whether it goes on, or is to come, in some place. */
  soFar: boolean;
};

/** Events of each local hour, beside those of a week before: as a chart and as a table. */
export function HourlyEvents({ usage, now, dayName, comparison, compared }: HourlyEventsProps) {
  const labels = hourLabels(usage.map(({ hour }) => hour));
  const beside = besideHours(
    usage.map(({ hour }) => hour),
    comparison?.before.hourly_usage ?? [],
  );
  const hours = usage.map(({ hour, count }, at) => ({
    ...{ hour, count, label: labels[at]!, before: beside[at] ?? null },
    soFar: !isOverEverywhere(now, at),
  }));
  const other = comparison && compared ? comparison.date : null;
  const busiest = inWords(hours);
  return (
    <Panel id="hourly" title="Events per hour" aside={busiest}>
      <div className={classes.above}>
        <Legend
          entries={[
            { mark: "bar", name: dayName },
            ...(now.length > 0 ? [{ mark: "bar-so-far" as const, name: soFarName(now) }] : []),
            ...(other ? [{ mark: "line" as const, name: other }] : []),
          ]}
        />
        {comparison ? <CompareSwitch checked={compared} name={comparison.date} /> : null}
      </div>
      <div className={classes.chart}>
        <HourlyChart
          label={`Chart of parking events per hour${other ? `, with those of ${other} as a line` : ""}. ${busiest}. ${nowInWords(now)} The figures are in the table below it.`}
          hours={hours.map(({ hour: _, ...shown }) => shown)}
          now={now.flatMap(({ name, time, hours: at }) =>
            time === null ? [] : [{ label: nowLabel(now, name), at }],
          )}
          names={{ day: dayName, before: other }}
        />
      </div>
      {now.length > 1 ? <p className={classes.quiet}>{nowInWords(now)}</p> : null}
      <HoursTable hours={hours} dayName={dayName} other={other} />
    </Panel>
  );
}

const soFarName = (now: NowMark[]) =>
  now.length > 1 ? "So far: not over in every facility" : "So far";

function inWords(hours: Hour[]): string {
  const busiest = hours.reduce<Hour | null>(
    (most, hour) => (hour.count > (most?.count ?? 0) ? hour : most),
    null,
  );
  return busiest
    ? `Busiest hour ${busiest.label}, ${counted(busiest.count, "event")}`
    : "No events on this date";
}

type HoursTableProps = { hours: Hour[]; dayName: string; other: string | null };

function HoursTable({ hours, dayName, other }: HoursTableProps) {
  return (
    <AsTable summary="Figures as a table">
      <RecordTable
        className={classes.table}
        caption="Parking events per hour of the day"
        rows={hours}
        keyOf={({ hour }) => hour}
        cards={null}
        columns={[
          {
            name: "Hour",
            names: true,
            cell: ({ hour, label }) => <time dateTime={hour}>{label}</time>,
          },
          {
            name: other ? dayName : "Events",
            cell: ({ count, soFar }) => figure(count) + (soFar && count > 0 ? " so far" : ""),
          },
          other !== null && {
            name: other,
            cell: ({ before }) => (before === null ? "—" : figure(before)),
          },
        ]}
      />
    </AsTable>
  );
}
