import { Panel } from "@/app/_ui/panel";
import records from "@/app/_ui/tables/records.module.css";
import { counted } from "@/app/_ui/words/figures";
import type { RuleLimits } from "@/lib/domain/devices/limits";
import { isGap, type SeriesPoint, type Spread } from "@/lib/domain/messages/series";
import { duration } from "@/lib/domain/values/duration";
import type { DeviceDetail } from "@/lib/server/devices/read-device-detail";
import type { History } from "../../load";
import classes from "./figures.module.css";
import { measured, measuredRange } from "./quantities";
import { ReadingsTable } from "./readings-table";
import { TimeChart } from "./time-chart";
import type { ChartPoint } from "./time-lines";

type Metric = {
  name: "voltage" | "current" | "power_w";
  title: string;
  unit: string;
  limit: keyof RuleLimits;
  /** Whether the scale begins at 0. */
  fromZero: boolean;
};

const METRICS: Metric[] = [
  { name: "voltage", title: "Voltage", unit: "V", limit: "maxVoltageV", fromZero: false },
  { name: "current", title: "Current", unit: "A", limit: "maxCurrentA", fromZero: true },
  { name: "power_w", title: "Power", unit: "W", limit: "highPowerW", fromZero: true },
];

type ReadingsProps = { history: History; device: DeviceDetail };

/** Voltage, current and power of the range: as charts, and in fewer figures as a table. */
export function Readings({ history, device }: ReadingsProps) {
  const { series, range } = history;
  if (series.points.length === 0) {
    return (
      <Panel id="readings" title="Voltage, current and power">
        <p className={records.empty}>{noReadings(device)}</p>
      </Panel>
    );
  }
  const gaps = {
    bucketSeconds: series.bucket_seconds,
    offlineAfterSeconds: device.limits.offlineAfterSeconds.value,
  };
  const bucket = duration(series.bucket_seconds * 1000);
  return (
    <Panel
      id="readings"
      title="Voltage, current and power"
      aside={counted(series.readings, "reading")}
    >
      <p className={classes.note}>
        Each point covers {bucket}: the line is the average, the band spans the lowest to the
        highest reading. Lines break where the device was silent for{" "}
        {duration(gaps.offlineAfterSeconds * 1000)} or longer.
      </p>
      {METRICS.map((metric) => (
        <MetricChart key={metric.name} {...{ metric, history, device, gaps }} />
      ))}
      <ReadingsTable series={series} origin={range.origin} timeZone={device.time_zone} />
    </Panel>
  );
}

type MetricChartProps = ReadingsProps & { metric: Metric; gaps: Parameters<typeof isGap>[2] };

function MetricChart({ metric, history, device, gaps }: MetricChartProps) {
  const { name, title, unit, limit, fromZero } = metric;
  const { points } = history.series;
  const all = overall(points, name);
  const inWords = `${measuredRange(all.min, all.max)} ${unit}, on average ${measured(all.avg)} ${unit}`;
  const { value } = device.limits[limit];
  return (
    <div>
      <h3 className={classes.chartTitle}>
        {title} <span className={classes.inWords}>{inWords}</span>
      </h3>
      <div className={classes.chart}>
        <TimeChart
          label={`Line chart of ${title.toLowerCase()} over time. ${inWords}. The figures are in the table below the charts.`}
          unit={unit}
          points={chartPoints(points, name, gaps)}
          from={history.range.from}
          to={history.range.to}
          ticks={history.ticks}
          timeZone={device.time_zone}
          lowest={fromZero ? 0 : undefined}
          limit={{ value, words: `limit ${measured(value)} ${unit}` }}
        />
      </div>
    </div>
  );
}

function noReadings({ facts }: DeviceDetail): string {
  return facts.last_telemetry_at === null
    ? "This device has never sent a reading. Its voltage, current and power will appear here."
    : "No readings in this time. Choose a longer range, or an earlier one.";
}

function overall(points: SeriesPoint[], name: Metric["name"]): Spread {
  const readings = points.reduce((sum, point) => sum + point.readings, 0);
  return points.reduce(
    (all, { [name]: spread, readings: some }) => ({
      min: Math.min(all.min, spread.min),
      avg: all.avg + spread.avg * (some / readings),
      max: Math.max(all.max, spread.max),
    }),
    { min: Number.POSITIVE_INFINITY, avg: 0, max: Number.NEGATIVE_INFINITY },
  );
}

/** Each bucket in its middle, with a break where the device was silent. */
function chartPoints(
  points: SeriesPoint[],
  name: Metric["name"],
  gaps: Parameters<typeof isGap>[2],
): ChartPoint[] {
  const half = gaps.bucketSeconds * 500;
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    const at = Date.parse(point.at) + half;
    const drawn = { at, ...point[name] };
    if (!before || !isGap(before, point, gaps)) return [drawn];
    return [{ at: at - half, avg: null, min: null, max: null }, drawn];
  });
}
