import { ColumnHeads } from "@/app/_ui/column-heads";
import { figure } from "@/app/_ui/figures";
import { exactTime } from "@/app/_ui/local-time";
import records from "@/app/_ui/records.module.css";
import { duration } from "@/lib/domain/duration";
import { bucketSecondsFor, mergePoints, type Spread } from "@/lib/domain/series";
import type { Series } from "@/lib/server/devices/read-series";
import classes from "./figures.module.css";
import { measured, measuredRange } from "./quantities";

const MOST_ROWS = 32;

type ReadingsTableProps = { series: Series; origin: number; timeZone: string };

/** The charts in fewer figures, for anyone who can't or won't see them. */
export function ReadingsTable({ series, origin, timeZone }: ReadingsTableProps) {
  const rangeMs = Date.parse(series.to) - Date.parse(series.from);
  const seconds = bucketSecondsFor(rangeMs, MOST_ROWS, series.bucket_seconds);
  const rows = mergePoints(series.points, seconds, origin);
  return (
    <details className={classes.details}>
      <summary>Figures as a table</summary>
      <table className={records.table}>
        <caption className={classes.caption}>
          Average (lowest–highest) of each {duration(seconds * 1000)}
        </caption>
        <ColumnHeads names={["From", "Readings", "Voltage", "Current", "Power"]} />
        <tbody>
          {rows.map(({ at, readings, voltage, current, power_w }) => (
            <tr key={at}>
              <th scope="row">{exactTime(at, timeZone)}</th>
              <td data-label="Readings">{figure(readings)}</td>
              <td data-label="Voltage">{inFigures(voltage, "V")}</td>
              <td data-label="Current">{inFigures(current, "A")}</td>
              <td data-label="Power">{inFigures(power_w, "W")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

const inFigures = ({ min, avg, max }: Spread, unit: string) =>
  `${measured(avg)} ${unit} (${measuredRange(min, max)})`;
