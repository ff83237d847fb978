"use client";

import { useComputedColorScheme } from "@mantine/core";
import {
  CategoryScale,
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import { Line } from "react-chartjs-2";
import { CHART_COLORS, CHART_FONT, dayScales } from "@/app/_ui/chart-colors";
import { counted } from "@/app/_ui/words/figures";
import { type NowLine, nowLines } from "./now-lines";

Chart.register(CategoryScale, Filler, LinearScale);
Chart.register(LineController, LineElement, PointElement, Tooltip, nowLines);
Chart.defaults.font.family = CHART_FONT;

const STATES = [
  { state: "occupied", name: "Occupied" },
  { state: "unknown", name: "Unknown" },
  { state: "free", name: "Free" },
] as const;

type Moment = { label: string; occupied: number; free: number; unknown: number };

/** The bays by their state through the day, one on the other; `moments` to come are null. */
export default function OccupancyAreas({
  label,
  moments,
  now,
}: {
  label: string;
  moments: { label: string; counts: Omit<Moment, "label"> | null }[];
  /** By the number of the moment that is now in a place. */
  now: NowLine[];
}) {
  const colors = CHART_COLORS[useComputedColorScheme("light")];
  return (
    <Line
      role="img"
      aria-label={label}
      data={{
        labels: moments.map((moment) => moment.label),
        datasets: STATES.map(({ state, name }) => ({
          label: name,
          data: moments.map(({ counts }) => counts?.[state] ?? null),
          fill: "stack",
          borderColor: colors[state],
          backgroundColor: colors[state],
          borderWidth: 1,
          pointRadius: 0,
          pointHoverRadius: 3,
        })),
      }}
      options={{
        maintainAspectRatio: false,
        animation: false,
        interaction: { mode: "index", intersect: false },
        plugins: {
          nowLines: { lines: now, color: colors.now },
          tooltip: {
            callbacks: {
              label: (item) => `${item.dataset.label}: ${counted(item.parsed.y ?? 0, "bay")}`,
            },
          },
        },
        scales: dayScales(colors, true),
      }}
    />
  );
}
