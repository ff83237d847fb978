"use client";

import { useComputedColorScheme } from "@mantine/core";
import { BarElement, CategoryScale, Chart, LinearScale, Tooltip } from "chart.js";
import { Bar } from "react-chartjs-2";
import { counted } from "@/app/_ui/figures";

Chart.register(BarElement, CategoryScale, LinearScale, Tooltip);
Chart.defaults.font.family =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';

const COLORS = {
  light: { bar: "#4263eb", grid: "#e3e6ec", text: "#565d69" },
  dark: { bar: "#748ffc", grid: "#343841", text: "#a6adb9" },
};

type HourlyBarsProps = { label: string; hours: { label: string; count: number }[] };

export default function HourlyBars({ label, hours }: HourlyBarsProps) {
  const { bar, grid, text } = COLORS[useComputedColorScheme("light")];
  return (
    <Bar
      role="img"
      aria-label={label}
      data={{
        labels: hours.map((hour) => hour.label),
        datasets: [
          { data: hours.map((hour) => hour.count), backgroundColor: bar, borderRadius: 3 },
        ],
      }}
      options={{
        maintainAspectRatio: false,
        animation: false,
        plugins: {
          tooltip: {
            displayColors: false,
            callbacks: { label: (item) => counted(item.parsed.y ?? 0, "event") },
          },
        },
        scales: {
          x: { grid: { display: false }, ticks: { color: text, maxRotation: 0 } },
          y: {
            beginAtZero: true,
            // An empty day has an axis too.
            suggestedMax: 4,
            border: { display: false },
            grid: { color: grid },
            ticks: { color: text, precision: 0, maxTicksLimit: 6 },
          },
        },
      }}
    />
  );
}
