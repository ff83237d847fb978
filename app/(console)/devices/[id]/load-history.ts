import { isProblem } from "@/lib/domain/problem";
import type { Context } from "@/lib/server/context";
import type { DeviceDetail } from "@/lib/server/devices/read-device-detail";
import { readHealthCourse } from "@/lib/server/devices/read-health-course";
import { readSeries } from "@/lib/server/devices/read-series";
import { readTimeline } from "@/lib/server/devices/read-timeline";
import { resolveRange } from "@/lib/server/devices/resolve-range";
import { boundsOf, type DeviceView } from "./device-view";
import { timeTicks } from "./time-ticks";

/** As many buckets as a wide screen has room for. */
const POINTS = 600;
const MOST_TICKS = 12;

export type History = Extract<Awaited<ReturnType<typeof loadHistory>>, { kind: "history" }>;

/** What happened to a device in the range in view; `too_long` where that is more than one reads. */
export async function loadHistory(context: Context, device: DeviceDetail, view: DeviceView) {
  const bounds = boundsOf(view, context.now);
  const range = await resolveRange(context.db, device.time_zone, bounds, context.now).catch(
    (error) => {
      if (isProblem(error) && error.status === 400) return null;
      throw error;
    },
  );
  if (!range) return { kind: "too_long" as const };
  const deviceId = device.facts.id;
  const [series, timeline, health] = await Promise.all([
    readSeries(context, { deviceId, range, points: POINTS }),
    readTimeline(context, { device, range }),
    readHealthCourse(context, { deviceId, range, points: POINTS }),
  ]);
  const ticks = timeTicks(range.from, range.to, device.time_zone, MOST_TICKS);
  return { kind: "history" as const, range, series, timeline, health, ticks };
}
