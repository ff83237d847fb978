"use client";

import { useComputedColorScheme } from "@mantine/core";
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import { Chart as Drawing } from "react-chartjs-2";
import { CHART_COLORS, CHART_FONT, dayScales } from "@/app/_ui/chart-colors";
import { counted } from "@/app/_ui/words/figures";
import { type NowLine, nowLines } from "./now-lines";

Chart.register(BarController, BarElement, CategoryScale, LinearScale);
Chart.register(LineController, LineElement, PointElement, Tooltip, nowLines);
Chart.defaults.font.family = CHART_FONT;

type HourlyBarsProps = {
  label: string;
  /** `soFar` of an hour that is not over in every place. */
  hours: { label: string; count: number; before: number | null; soFar: boolean }[];
  /** In hours since the beginning of the day. */
  now: NowLine[];
  /** The names of the day and of the one that it is compared with; null where it is not. */
  names: { day: string; before: string | null };
};

/** The events of each hour as bars, those of a week before as a dashed line across them. */
export default function HourlyBars({ label, hours, now, names }: HourlyBarsProps) {
  const colors = CHART_COLORS[useComputedColorScheme("light")];
  const bars = {
    type: "bar" as const,
    label: names.day,
    order: 1,
    data: hours.map((hour) => hour.count),
    backgroundColor: hours.map(({ soFar }) => (soFar ? colors.barSoFar : colors.bar)),
    borderRadius: 3,
  };
  const line = {
    type: "line" as const,
    label: names.before ?? "",
    order: 0,
    data: hours.map((hour) => hour.before),
    borderColor: colors.before,
    backgroundColor: colors.before,
    borderWidth: 2,
    borderDash: [5, 3],
    pointRadius: 2,
  };
  return (
    <Drawing
      type="bar"
      role="img"
      aria-label={label}
      data={{
        labels: hours.map((hour) => hour.label),
        datasets: names.before === null ? [bars] : [bars, line],
      }}
      options={{
        maintainAspectRatio: false,
        animation: false,
        interaction: { mode: "index", intersect: false },
        plugins: {
          // The first bar stands around 0, its hour begins half a bar before.
          nowLines: {
            lines: now.map((line) => ({ ...line, at: line.at - 0.5 })),
            color: colors.now,
          },
          tooltip: {
            callbacks: {
              label: (item) => `${item.dataset.label}: ${counted(item.parsed.y ?? 0, "event")}`,
            },
          },
        },
        scales: dayScales(colors, false),
      }}
    />
  );
}
