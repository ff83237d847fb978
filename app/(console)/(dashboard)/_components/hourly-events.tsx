import { counted, figure } from "@/app/_ui/figures";
import { Panel } from "@/app/_ui/panel";
import { HourlyChart } from "./hourly-chart";
import classes from "./hourly-events.module.css";

type HourlyUsage = { hour: string; count: number }[];

/** Events of each local hour: as bars, and as a table for whoever can't or won't see them. */
export function HourlyEvents({ usage }: { usage: HourlyUsage }) {
  const hours = usage.map(({ hour, count }, at) => ({ label: hourLabel(usage, at), hour, count }));
  const busiest = hours.reduce((most, hour) => (hour.count > most.count ? hour : most), {
    label: "",
    count: 0,
  });
  const inWords =
    busiest.count === 0
      ? "No events on this date"
      : `Busiest hour ${busiest.label}, ${counted(busiest.count, "event")}`;
  return (
    <Panel id="hourly" title="Events per hour" aside={inWords}>
      <div className={classes.chart}>
        <HourlyChart
          label={`Bar chart of parking events per hour. ${inWords}. The figures are in the table below it.`}
          hours={hours.map(({ label, count }) => ({ label, count }))}
        />
      </div>
      <details className={classes.details}>
        <summary>Figures as a table</summary>
        <table className={classes.table}>
          <caption className={classes.caption}>Parking events per hour of the day</caption>
          <thead>
            <tr>
              <th scope="col">Hour</th>
              <th scope="col">Events</th>
            </tr>
          </thead>
          <tbody>
            {hours.map(({ label, hour, count }) => (
              <tr key={hour}>
                <th scope="row">
                  <time dateTime={hour}>{label}</time>
                </th>
                <td>{figure(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Panel>
  );
}

/** "01:00"; with its offset where the clock is set back and the hour comes twice. */
function hourLabel(usage: HourlyUsage, at: number): string {
  const clock = (hour: string) => hour.slice(11, 16);
  const { hour } = usage[at]!;
  const twice = usage.some((other, i) => i !== at && clock(other.hour) === clock(hour));
  return twice ? `${clock(hour)} (${hour.slice(19)})` : clock(hour);
}
