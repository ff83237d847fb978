"use client";

import { useComputedColorScheme } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ChartDataset, ChartOptions, ScriptableContext, TooltipItem } from "chart.js";
import { Chart, Filler, LinearScale, LineElement, PointElement, Tooltip } from "chart.js";
import { Line } from "react-chartjs-2";
import { CHART_COLORS, CHART_FONT } from "@/app/_ui/chart-colors";
import { PHONE } from "@/app/_ui/phone";
import { measured } from "./quantities";

Chart.register(Filler, LinearScale, LineElement, PointElement, Tooltip);
Chart.defaults.font.family = CHART_FONT;

type Colors = (typeof CHART_COLORS)["light"];

/** A place on the chart; null values break the lines. Times in milliseconds since 1970. */
export type ChartPoint = { at: number; avg: number | null; min: number | null; max: number | null };

export type TimeLinesProps = {
  /** What it shows, in a sentence. */
  label: string;
  unit: string;
  points: ChartPoint[];
  from: number;
  to: number;
  ticks: { at: number; label: string }[];
  timeZone: string;
  /** The ends of the scale, where the values do not choose them. */
  lowest?: number;
  highest?: number;
  /** A value that means something, drawn where the scale reaches it. */
  limit?: { value: number; words: string };
  /** Values hold until the next one, rather than lead to it. */
  stepped?: boolean;
};

type Point = { x: number; y: number | null };

/** A line of means with the band between lowest and highest values, over time. */
export default function TimeLines(props: TimeLinesProps) {
  const colors = CHART_COLORS[useComputedColorScheme("light")];
  const narrow = useMediaQuery(PHONE) ?? false;
  return (
    <Line
      role="img"
      aria-label={props.label}
      data={{ datasets: datasetsOf(props, colors) }}
      options={optionsOf(props, colors, narrow ? 64 : 72)}
    />
  );
}

function datasetsOf({ points, limit, from, to, stepped }: TimeLinesProps, colors: Colors) {
  const line = (name: "min" | "avg" | "max"): Point[] =>
    points.map((point) => ({ x: point.at, y: point[name] }));
  const common = { stepped: stepped ?? false, pointHitRadius: 0, pointHoverRadius: 3 } as const;
  const edge = { ...common, borderColor: `${colors.bar}80`, borderWidth: 1, pointRadius: 0 };
  const sets: ChartDataset<"line", Point[]>[] = [
    {
      ...common,
      ...{ label: "average", data: line("avg"), borderColor: colors.bar, borderWidth: 1.5 },
      ...{ pointBackgroundColor: colors.bar, pointRadius: aloneRadius },
    },
  ];
  if (!stepped) {
    const band = { fill: 2, backgroundColor: `${colors.bar}40` };
    sets.push({ ...edge, ...band, label: "highest", data: line("max") });
    sets.push({ ...edge, label: "lowest", data: line("min") });
  }
  const highest = Math.max(...points.map(({ max }) => max ?? 0));
  if (limit && highest > limit.value * NEAR) {
    const ends = [from, to].map((x) => ({ x, y: limit.value }));
    const dashed = { borderColor: colors.limit, borderDash: [6, 4], borderWidth: 1.5 };
    sets.push({ ...dashed, label: limit.words, data: ends, pointRadius: 0, pointHitRadius: 0 });
  }
  return sets;
}

/** A point between two gaps has no line to be seen by. */
function aloneRadius({ dataset, dataIndex }: ScriptableContext<"line">): number {
  const y = (index: number) => (dataset.data[index] as Point | undefined)?.y ?? null;
  return y(dataIndex - 1) === null && y(dataIndex + 1) === null ? 2 : 0;
}

function optionsOf(props: TimeLinesProps, colors: Colors, gutter: number): ChartOptions<"line"> {
  const { timeZone, unit, stepped, limit } = props;
  const time = new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone, weekday: "short", day: "numeric", month: "short" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "shortOffset" },
  });
  return {
    maintainAspectRatio: false,
    layout: { padding: { right: RIGHT_PX } },
    animation: false,
    interaction: { mode: "index", intersect: false },
    plugins: {
      tooltip: {
        displayColors: false,
        filter: ({ dataset }) => dataset.label !== limit?.words,
        callbacks: {
          title: ([item]) => (item ? time.format(item.parsed.x ?? 0).replace("GMT", "UTC") : ""),
          label: (item) => tooltipLine(item, unit, stepped),
        },
      },
    },
    scales: { x: timeScale(props, colors), y: valueScale(props, colors, gutter) },
  };
}

/** A limit is drawn once values come that near to it: before that it would only flatten them. */
const NEAR = 0.75;

/** As much as the timeline leaves free. */
const RIGHT_PX = 20;

type Scales = NonNullable<ChartOptions<"line">["scales"]>;

function timeScale({ from, to, ticks }: TimeLinesProps, colors: Colors): Scales[string] {
  const labels = new Map(ticks.map(({ at, label }) => [at, label]));
  return {
    ...{ type: "linear", min: from, max: to },
    // The last label may reach beyond the axis, which the timeline above does not make room for.
    afterFit: (scale) => {
      scale.paddingLeft = 0;
      scale.paddingRight = 0;
    },
    afterBuildTicks: (scale) => {
      scale.ticks = ticks.map(({ at }) => ({ value: at }));
    },
    grid: { color: colors.grid },
    ticks: {
      ...{ color: colors.text, maxRotation: 0, autoSkipPadding: 12 },
      callback: (value) => labels.get(Number(value)) ?? "",
    },
  };
}

function valueScale(props: TimeLinesProps, colors: Colors, gutter: number): Scales[string] {
  const { unit, lowest, highest } = props;
  return {
    // One width for all, so that one time is in one place.
    afterFit: (scale) => {
      scale.width = gutter;
    },
    ...{ min: lowest, max: highest, border: { display: false }, grid: { color: colors.grid } },
    ticks: {
      ...{ color: colors.text, maxTicksLimit: 5 },
      callback: (value) => `${measured(Number(value))} ${unit}`.trim(),
    },
  };
}

function tooltipLine({ dataset, parsed }: TooltipItem<"line">, unit: string, stepped?: boolean) {
  const value = `${measured(parsed.y ?? 0)} ${unit}`.trim();
  return stepped ? value : `${dataset.label}: ${value}`;
}
