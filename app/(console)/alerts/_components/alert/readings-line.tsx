"use client";

import { useComputedColorScheme } from "@mantine/core";
import { Chart, LinearScale, LineElement, PointElement, Tooltip } from "chart.js";
import { Line } from "react-chartjs-2";
import { CHART_COLORS, CHART_FONT } from "@/app/_ui/chart-colors";

Chart.register(LinearScale, LineElement, PointElement, Tooltip);
Chart.defaults.font.family = CHART_FONT;

type ReadingsLineProps = {
  label: string;
  quantity: string;
  unit: string;
  /** Times in milliseconds since 1970. */
  points: { at: number; value: number }[];
  limit: number | null;
  /** When the alert was raised. */
  raisedAt: number;
  timeZone: string;
};

const figure = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

const MINUTE_MS = 60_000;
const MOST_TICKS = 6;

/** Times to name on an axis: whole minutes and the like, a few of them. */
function roundTimes(from: number, to: number): number[] {
  const steps = [1 / 6, 0.5, 1, 2, 5, 10, 30, 60, 180, 360, 720].map((n) => n * MINUTE_MS);
  const most = (to - from) / MOST_TICKS;
  const step = steps.find((length) => length >= most) ?? Math.ceil(most);
  const times: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) times.push(at);
  return times;
}

/** A quantity over time, with its limit as a dashed line and larger points above it. */
export default function ReadingsLine(props: ReadingsLineProps) {
  const { label, quantity, unit, points, limit, raisedAt, timeZone } = props;
  const colors = CHART_COLORS[useComputedColorScheme("light")];
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "medium" });
  const exact = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    dateStyle: "medium",
    timeStyle: "medium",
  });
  const above = (value: number) => limit !== null && value > limit;
  const ends = [points[0], points.at(-1)].filter((point) => point !== undefined);
  const line = {
    label: quantity,
    data: points.map(({ at, value }) => ({ x: at, y: value })),
    borderColor: colors.bar,
    borderWidth: 2,
    pointRadius: points.map(({ at, value }) => (at === raisedAt ? 6 : above(value) ? 4 : 2)),
    pointBackgroundColor: points.map(({ value }) => (above(value) ? colors.limit : colors.bar)),
    pointBorderWidth: 0,
    clip: 8,
  };
  const limitLine = {
    label: "Limit",
    data: ends.map(({ at }) => ({ x: at, y: limit ?? 0 })),
    borderColor: colors.limit,
    borderWidth: 1.5,
    borderDash: [6, 4],
    pointRadius: 0,
    pointHitRadius: 0,
  };
  return (
    <Line
      role="img"
      aria-label={label}
      data={{ datasets: limit === null ? [line] : [line, limitLine] }}
      options={{
        maintainAspectRatio: false,
        animation: false,
        plugins: {
          tooltip: {
            displayColors: false,
            callbacks: {
              title: ([item]) => exact.format(item?.parsed.x ?? 0),
              label: (item) =>
                `${item.dataset.label}: ${figure.format(item.parsed.y ?? 0)} ${unit}`,
            },
          },
        },
        scales: {
          x: {
            type: "linear",
            min: ends[0]?.at,
            max: ends.at(-1)?.at,
            grid: { display: false },
            afterBuildTicks: (axis) => {
              axis.ticks = roundTimes(axis.min, axis.max).map((value) => ({ value }));
            },
            ticks: {
              color: colors.text,
              maxRotation: 0,
              callback: (at) => clock.format(Number(at)),
            },
          },
          y: {
            beginAtZero: true,
            border: { display: false },
            grid: { color: colors.grid },
            ticks: {
              color: colors.text,
              maxTicksLimit: 6,
              callback: (value) => `${figure.format(Number(value))} ${unit}`,
            },
          },
        },
      }}
    />
  );
}
