import { type ParkingLogRow, recordParkingLogs } from "@/lib/server/ingest/record-parking-logs";
import { recordTelemetry, type TelemetryRow } from "@/lib/server/ingest/record-telemetry";
import type { Lane, PlacedBay } from "./demo-bays";
import { measuredAt, type Trouble } from "./readings";
import { eventsBetween, lastEventBefore } from "./stays";

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
/**
 * How often a device reports, always more often than its allowed silence: charts of the last days
 * show many readings, older days need only be known throughout.
 */
const REPORTS = [
  { lastMs: 2 * DAY_MS, everyMs: 15 * MINUTE_MS },
  { lastMs: Number.POSITIVE_INFINITY, everyMs: 30 * MINUTE_MS },
];
/** Rows of one statement. */
const ROWS = 2_000;
const LANES = 2;

type Span = { from: number; to: number };

/** Stores the arrivals and departures of these bays in a span of time. */
export async function tellEvents(lane: Lane, bays: PlacedBay[], span: Span): Promise<void> {
  await inLanes(byZone(bays), async (together) => {
    let rows: ParkingLogRow[] = [];
    const store = async () => {
      if (rows.length > 0) await recordParkingLogs({ ...lane, now: span.to }, rows);
      rows = [];
    };
    for (const bay of together) {
      for (const event of eventsBetween(bay, span.from, span.to)) {
        rows.push({ ...event, device: bay.device });
      }
      if (rows.length >= ROWS) await store();
    }
    await store();
  });
}

/**
 * Stores the readings of untroubled bays in a span of time.
 * @param lastOf until when a bay has sent any, where it has fallen silent since
 */
export async function tellReadings(
  lane: Lane,
  bays: PlacedBay[],
  span: Span,
  lastOf: (bay: PlacedBay) => number = () => span.to,
): Promise<void> {
  await inLanes(byZone(bays), async (together) => {
    for (const bay of together) {
      const times = reportTimes(bay, span).filter((at) => at <= lastOf(bay));
      const rows = readingsAt(bay, times, () => null);
      for (let i = 0; i < rows.length; i += ROWS) {
        await recordTelemetry({ ...lane, now: span.to }, rows.slice(i, i + ROWS));
      }
    }
  });
}

/** When a device reports in a span of time: the nearer its end, the oftener. */
export function reportTimes({ number }: PlacedBay, { from, to }: Span): number[] {
  const times: number[] = [];
  let end = to;
  for (const { lastMs, everyMs } of REPORTS) {
    const begin = Math.max(from, to - lastMs);
    // Devices report one after the other, not all at once.
    const phase = (number * 7_919_000) % everyMs;
    const first = Math.ceil((begin - phase) / everyMs) * everyMs + phase;
    for (let at = first; at < end; at += everyMs) times.push(at);
    end = Math.min(end, begin);
  }
  return times.sort((a, b) => a - b);
}

/** The readings of a bay at these times, which are in order. */
export function readingsAt(
  bay: PlacedBay,
  times: number[],
  troubleAt: (at: number) => Trouble | null,
): TelemetryRow[] {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return [];
  const events = eventsBetween(bay, first, last + 1);
  let isOccupied = lastEventBefore(bay, first)?.isOccupied ?? false;
  let next = 0;
  return times.map((timestamp) => {
    for (let event = events[next]; event && event.timestamp <= timestamp; event = events[++next]) {
      isOccupied = event.isOccupied;
    }
    const trouble = troubleAt(timestamp);
    const measured = measuredAt(bay, timestamp, { isOccupied, trouble });
    return { device: bay.device, timestamp, ...measured, batteryV: null };
  });
}

/** Lanes have zones of their own: the hours of a zone are counted in rows that all its bays share. */
function byZone(bays: PlacedBay[]): PlacedBay[][] {
  const zones = new Map<number, PlacedBay[]>();
  for (const bay of bays) {
    const together = zones.get(bay.device.zoneId) ?? [];
    zones.set(bay.device.zoneId, together);
    together.push(bay);
  }
  return [...zones.values()];
}

/** Does the work for all of them, two at a time. */
export async function inLanes<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
