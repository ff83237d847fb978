import { cache } from "react";
import { type OpenedPage, openPage } from "@/app/_session/open-page";
import { idOf } from "@/app/_session/page-frame";
import { readPage } from "@/app/_session/read-or-away";
import { may } from "@/lib/domain/access/access";
import { isProblem } from "@/lib/domain/values/problem";
import { readAlerts } from "@/lib/server/alerts/read-alerts";
import { readAudit } from "@/lib/server/audit/read-audit";
import type { Context } from "@/lib/server/context";
import { type DeviceDetail, readDeviceDetail } from "@/lib/server/devices/read-device-detail";
import { readHealthCourse } from "@/lib/server/devices/read-health-course";
import { readSeries } from "@/lib/server/devices/read-series";
import { readTimeline } from "@/lib/server/devices/read-timeline";
import { resolveRange } from "@/lib/server/devices/resolve-range";
import { listKeys } from "@/lib/server/keys/read-keys";
import { timeTicks } from "./time-ticks";
import { boundsOf, type DeviceView } from "./view";

/** Looked up once for the page and its title. */
const readDevice = cache(readDeviceDetail);

/** A device and what is written down about it. @throws Problem 404 where there is none in reach */
export async function loadDevice(
  { context }: OpenedPage,
  _view: DeviceView,
  params: { id: string },
) {
  const device = await readDevice(context, idOf(params));
  return { device, records: await readRecords(context, device.facts.id) };
}

/** The code of a device; null where the page does not show one. */
export async function readCode(params: { id: string }): Promise<string | null> {
  const opened = await openPage("/devices/[id]");
  if (!opened) return null;
  const read = await readPage(() => readDevice(opened.context, idOf(params)));
  return read.kind === "read" ? read.value.facts.code : null;
}

const RECORD_ROWS = 10;

export type DeviceRecords = Awaited<ReturnType<typeof readRecords>>;

/** What is written down about a device; null where it is not for who looks. */
async function readRecords(context: Context, deviceId: number) {
  const { actor } = context;
  const [alerts, open, keys, audit] = await Promise.all([
    readAlerts(context, { deviceId, limit: RECORD_ROWS }),
    // As few as there are types of alerts.
    readAlerts(context, { deviceId, active: true }),
    may(actor, "keys.manage") ? listKeys(context, { deviceId }) : null,
    may(actor, "audit.read")
      ? readAudit(context, { subject: { noun: "device", id: deviceId }, limit: RECORD_ROWS })
      : null,
  ]);
  return { alerts, open: open.rows, keys, audit };
}

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
