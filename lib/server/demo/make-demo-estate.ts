import type { Sql } from "@/db/client";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { recordTelemetry } from "@/lib/server/ingest/record-telemetry";
import { recordHealth } from "@/lib/server/schedule/record-health";
import { type Lane, openLane, type PlacedBay, placedBays } from "./demo-bays";
import { DEMO_BAYS } from "./demo-places";
import { setTargets } from "./demo-targets";
import { makePlaces } from "./make-places";
import type { Trouble } from "./readings";
import { DAY_MS, readingsAt, tellEvents, tellReadings } from "./tell-history";
import { tellTroubles } from "./tell-troubles";
import { episodesBetween, troublesAt } from "./troubles";

/** How long the demo has been there when it is made. */
export const HISTORY_DAYS = 28;

const DEMO = { id: null, name: "the demo estate" };

/** What history is told through, what time it is when it has been told, and how much there is. */
export type Telling = { sql: Sql; clock?: () => number; historyDays?: number };

/**
 * Makes three facilities with their history (four weeks) up to `context.now`, in an empty database. All
 * of it goes through the verbs that operators and devices use, each at its own time.
 * @throws Problem 409 when a code is taken; what was made till then stays and is `unfinished`
 */
export async function makeDemoEstate(
  context: Context,
  { sql, clock = Date.now, historyDays = HISTORY_DAYS }: Telling,
): Promise<void> {
  const to = context.now.getTime();
  const span = { from: to - historyDays * DAY_MS, to };
  const then = { ...context, now: new Date(span.from) };
  await recordAudit(then, { action: "demo.begun", subject: DEMO });
  await makePlaces(then);
  await setTargets(then, span.from, to);
  const lane = openLane(sql);
  const bays = await placedBays(sql);
  await reportAll(lane, bays, span.from, new Map());
  await recordHealth(then);
  // One that had begun before would have been raised before there was a device.
  const episodes = episodesBetween(DEMO_BAYS.length, span.from, to).filter(
    ({ from }) => from > span.from,
  );
  const troubled = new Set(episodes.map(({ bay }) => bay));
  const isTroubled = ({ number }: PlacedBay) => troubled.has(number);
  const healthy = bays.filter((bay) => !isTroubled(bay));
  await Promise.all([
    tellEvents(lane, bays, span),
    tellReadings(lane, healthy, span),
    tellTroubles(then, lane, bays.filter(isTroubled), episodes, span),
  ]);
  await finishHistory({ ...context, now: new Date(clock()) }, lane, bays);
  await recordAudit(context, { action: "demo.made", subject: DEMO });
}

/**
 * Brings all that is not silent up to the moment: making history took a while, in which everybody
 * would seem to have fallen silent.
 */
export async function finishHistory(
  context: Context,
  lane: Lane,
  bays: PlacedBay[],
): Promise<void> {
  const now = context.now.getTime();
  const troubles = troublesAt(DEMO_BAYS.length, now);
  const speaking = bays.filter(({ number }) => troubles.get(number) !== "silent");
  await reportAll(lane, speaking, now, troubles);
  await recordHealth(context);
}

/** Every one of these bays sends a reading at the same instant. */
async function reportAll(
  lane: Lane,
  bays: PlacedBay[],
  now: number,
  troubles: Map<number, Trouble>,
): Promise<void> {
  const rows = bays.flatMap((bay) =>
    readingsAt(bay, [now], () => troubles.get(bay.number) ?? null),
  );
  if (rows.length > 0) await recordTelemetry({ ...lane, now }, rows);
}
