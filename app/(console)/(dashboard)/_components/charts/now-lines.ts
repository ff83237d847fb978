import type { ChartType, Plugin } from "chart.js";
import { CHART_FONT } from "@/app/_ui/chart-colors";

/** A line across a chart of a day; `at` in places of its axis, where 0 is the first one. */
export type NowLine = { label: string; at: number };

type NowLinesOptions = { lines: NowLine[]; color: string };

declare module "chart.js" {
  interface PluginOptionsByType<TType extends ChartType> {
    nowLines?: NowLinesOptions;
  }
}

const FONT_PX = 11;
const GAP_PX = 4;

/** Draws "now" of each time zone over the hours; labels stand under each other, as times may be near. */
export const nowLines: Plugin<ChartType, Partial<NowLinesOptions>> = {
  id: "nowLines",
  afterDatasetsDraw({ ctx, chartArea, scales }, _, { lines, color }) {
    const axis = scales.x;
    if (!axis || !lines || lines.length === 0 || !color) return;
    ctx.save();
    ctx.font = `600 ${FONT_PX}px ${CHART_FONT}`;
    ctx.strokeStyle = color;
    ctx.fillStyle = color;
    ctx.textBaseline = "top";
    for (const [row, { label, at }] of lines.entries()) {
      const x = Math.min(Math.max(axis.getPixelForValue(at), chartArea.left), chartArea.right);
      ctx.setLineDash([2, 3]);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      const fits = x + GAP_PX + ctx.measureText(label).width <= chartArea.right;
      ctx.textAlign = fits ? "left" : "right";
      ctx.fillText(label, x + (fits ? GAP_PX : -GAP_PX), chartArea.top + row * (FONT_PX + 3));
    }
    ctx.restore();
  },
};
