import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { epochMs, idList } from "@/lib/server/sql";
import { openLane, type PlacedBay, placedBays } from "./demo-bays";
import { DEMO_BAYS } from "./demo-places";
import { setTargets } from "./demo-targets";
import { finishHistory, HISTORY_DAYS, type Telling } from "./make-demo-estate";
import { DAY_MS, MINUTE_MS, tellEvents, tellReadings } from "./tell-history";
import { episodesBetween } from "./troubles";

/** Messages that were on their way when the demo stopped are told again; stored ones stay as they are. */
const OVERLAP_MS = 5 * MINUTE_MS;

/**
 * Tells what happened in the demo since it was last alive, so that it goes on as if it had never
 * stopped: events, readings and targets, four weeks back at most. No one watched meanwhile, so no
 * alert was raised then; what is wrong now is, and what is so no more is resolved.
 */
export async function topUpDemo(
  context: Context,
  { sql: connections, clock = Date.now }: Telling,
): Promise<void> {
  const to = context.now.getTime();
  const lane = openLane(connections);
  const bays = await placedBays(connections);
  const heard = await lastHeard(context, bays);
  const span = { from: Math.max(heard, to - HISTORY_DAYS * DAY_MS), to };
  await setTargets(context, span.from, to);
  await tellEvents(lane, bays, { ...span, from: span.from - OVERLAP_MS });
  const silences = new Map(
    episodesBetween(DEMO_BAYS.length, to, to + 1)
      .filter(({ trouble }) => trouble === "silent")
      .map(({ bay, from }) => [bay, from]),
  );
  await tellReadings(lane, bays, span, ({ number }) => silences.get(number) ?? to);
  await finishHistory({ ...context, now: new Date(clock()) }, lane, bays);
}

/** When the demo last sent anything, milliseconds since 1970. */
async function lastHeard({ db }: Context, bays: PlacedBay[]): Promise<number> {
  const ids = bays.map(({ device }) => device.id);
  const [row] = await db.execute<{ ms: number | null }>(sql`
    select ${epochMs("max(greatest(last_telemetry_at, last_parking_log_at))")} as ms
    from device_state where device_id = any(${idList(ids)})`);
  return row?.ms ?? 0;
}
