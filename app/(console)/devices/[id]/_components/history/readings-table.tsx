import { AsTable, RecordTable } from "@/app/_ui/tables/record-table";
import { figure } from "@/app/_ui/words/figures";
import { exactTime } from "@/app/_ui/words/local-time";
import { bucketSecondsFor, mergePoints, type Spread } from "@/lib/domain/messages/series";
import { duration } from "@/lib/domain/values/duration";
import type { Series } from "@/lib/server/devices/read-series";
import { measured, measuredRange } from "./quantities";

const MOST_ROWS = 32;

type ReadingsTableProps = { series: Series; origin: number; timeZone: string };

/** The charts in fewer figures, for anyone who can't or won't see them. */
export function ReadingsTable({ series, origin, timeZone }: ReadingsTableProps) {
  const rangeMs = Date.parse(series.to) - Date.parse(series.from);
  const seconds = bucketSecondsFor(rangeMs, MOST_ROWS, series.bucket_seconds);
  const rows = mergePoints(series.points, seconds, origin);
  return (
    <AsTable summary="Figures as a table">
      <RecordTable
        caption={`Average (lowest–highest) of each ${duration(seconds * 1000)}`}
        rows={rows}
        keyOf={({ at }) => at}
        columns={[
          { name: "From", names: true, cell: ({ at }) => exactTime(at, timeZone) },
          { name: "Readings", cell: ({ readings }) => figure(readings) },
          { name: "Voltage", cell: ({ voltage }) => inFigures(voltage, "V") },
          { name: "Current", cell: ({ current }) => inFigures(current, "A") },
          { name: "Power", cell: ({ power_w }) => inFigures(power_w, "W") },
        ]}
      />
    </AsTable>
  );
}

const inFigures = ({ min, avg, max }: Spread, unit: string) =>
  `${measured(avg)} ${unit} (${measuredRange(min, max)})`;
