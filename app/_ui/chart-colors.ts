import type { MantineColorScheme } from "@mantine/core";

type Scheme = Exclude<MantineColorScheme, "auto">;

/** The colours of app/globals.css for the canvas, which knows no variables. */
export const CHART_COLORS: Record<Scheme, Record<ChartColor, string>> = {
  light: {
    ...{ bar: "#4263eb", barSoFar: "#aebcf7", before: "#8a5a00", limit: "#c0222c" },
    ...{ grid: "#e3e6ec", text: "#565d69", now: "#1c2026" },
    ...{ occupied: "#4263eb", free: "#7fc894", unknown: "#c3c8d2" },
  },
  dark: {
    ...{ bar: "#748ffc", barSoFar: "#43528f", before: "#f2b04a", limit: "#ff8787" },
    ...{ grid: "#343841", text: "#a6adb9", now: "#e9ebef" },
    ...{ occupied: "#748ffc", free: "#3f9a5a", unknown: "#5b616d" },
  },
};
type ChartColor =
  | ("bar" | "barSoFar" | "before" | "limit" | "grid" | "text" | "now")
  | ("occupied" | "free" | "unknown");

export const CHART_FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';

/** The scales of a chart of a day: hours along it, counts from 0 up. */
export const dayScales = ({ grid, text }: Record<"grid" | "text", string>, stacked: boolean) => ({
  x: { stacked, grid: { display: false }, ticks: { color: text, maxRotation: 0 } },
  y: {
    stacked,
    beginAtZero: true,
    // An empty day has an axis too.
    suggestedMax: 4,
    border: { display: false },
    grid: { color: grid },
    ticks: { color: text, precision: 0, maxTicksLimit: 6 },
  },
});
