import { acknowledgeAlert } from "@/lib/server/alerts/acknowledge-alert";
import { checkOffline } from "@/lib/server/alerts/check-offline";
import { readAlerts } from "@/lib/server/alerts/read-alerts";
import type { Context } from "@/lib/server/context";
import { recordTelemetry } from "@/lib/server/ingest/record-telemetry";
import { recordHealth } from "@/lib/server/schedule/record-health";
import type { Lane, PlacedBay } from "./demo-bays";
import { OFFLINE_AFTER_SECONDS } from "./demo-places";
import { randomOf } from "./random";
import type { Trouble } from "./readings";
import { inLanes, MINUTE_MS, readingsAt, reportTimes } from "./tell-history";
import type { Episode } from "./troubles";

type Span = { from: number; to: number };
type Act = "report" | "look for silence" | "record health" | "acknowledge";
type Step = { at: number; act: Act; episode: Episode };

/** When the check finds a silent device: past its limit, at its next run. */
const FOUND_AFTER_MS = OFFLINE_AFTER_SECONDS * 1000 + 15_000;
const ACKNOWLEDGED_SHARE = 0.5;

const COMMENTS: Record<Trouble, string[]> = {
  silent: ["Battery is on order.", "Gateway was without power.", "A technician is on the way."],
  "over-power": [
    "Charging cable swapped.",
    "Electrician informed.",
    "Load limit of the charger reset.",
  ],
  implausible: ["Meter restarted.", "Known fault of this meter."],
};

/**
 * Lives through the troubles of bays in the order in which they happened: readings go through
 * ingestion, silence through the offline check, each at its own time, so that alerts, timelines and
 * health are what they would be had the product watched.
 */
export async function tellTroubles(
  context: Context,
  lane: Lane,
  bays: PlacedBay[],
  episodes: Episode[],
  span: Span,
): Promise<void> {
  const byNumber = new Map(
    bays.map((bay) => {
      const own = episodes.filter((episode) => episode.bay === bay.number);
      return [bay.number, { bay, own, times: timesOf(bay, own, span) }];
    }),
  );
  const tell = async (number: number, now: number) => {
    const told = byNumber.get(number);
    if (!told) return;
    const due = told.times.filter((at) => at <= now);
    told.times = told.times.slice(due.length);
    const rows = readingsAt(told.bay, due, (at) => troubleOf(told.own, at));
    if (rows.length > 0) await recordTelemetry({ ...lane, now }, rows);
  };
  const isOver = ({ to }: Episode) => to <= span.to;
  // Of what is wrong now one thing is being looked after, the rest is open.
  const oldestSilence = episodes.find((one) => one.trouble === "silent" && !isOver(one));
  const steps = episodes.flatMap((episode) =>
    stepsOf(episode, episode === oldestSilence || (isOver(episode) && wasNoted(episode))).filter(
      ({ at }) => at <= span.to,
    ),
  );
  for (const step of steps.sort((a, b) => a.at - b.at)) {
    const told = byNumber.get(step.episode.bay);
    if (!told) continue;
    await tell(step.episode.bay, step.at);
    await take(step, told.bay, { ...context, now: new Date(step.at) });
  }
  await inLanes([...byNumber.keys()], (number) => tell(number, span.to));
}

async function take({ act, episode }: Step, bay: PlacedBay, context: Context): Promise<void> {
  const deviceIds = [bay.device.id];
  if (act === "look for silence") await checkOffline(context, { deviceIds });
  if (act === "record health") await recordHealth(context, { deviceIds });
  if (act !== "acknowledge") return;
  const { rows } = await readAlerts(context, { deviceId: bay.device.id, active: true, limit: 1 });
  const [alert] = rows;
  if (!alert) return;
  const comments = COMMENTS[episode.trouble];
  const chosen = Math.floor(randomOf(bay.code, episode.from, "comment")() * comments.length);
  await acknowledgeAlert(context, { id: alert.id, comment: comments[chosen] ?? null });
}

const wasNoted = ({ bay, from }: Episode) => randomOf(bay, from, "noted")() < ACKNOWLEDGED_SHARE;

function stepsOf(episode: Episode, isNoted: boolean): Step[] {
  const { trouble, from, to, bay } = episode;
  const step = (at: number, act: Act): Step => ({ at, act, episode });
  const raised = trouble === "silent" ? from + FOUND_AFTER_MS : from;
  const noted = Math.round(raised + (2 + 23 * randomOf(bay, from, "reaction")()) * MINUTE_MS);
  const over = trouble === "silent" ? to : to + 10 * MINUTE_MS;
  return [
    step(raised, trouble === "silent" ? "look for silence" : "report"),
    step(raised + (trouble === "silent" ? MINUTE_MS : 1_000), "record health"),
    ...(isNoted && noted < to ? [step(noted, "acknowledge")] : []),
    ...(trouble === "silent" ? [] : [step(to - MINUTE_MS, "report")]),
    step(over, "report"),
    step(over + 1_000, "record health"),
  ];
}

/** When a troubled bay reports: as others do, but for its silences, and at the edges of its troubles. */
function timesOf(bay: PlacedBay, own: Episode[], span: Span): number[] {
  const edges = own.flatMap(({ trouble, from, to }) =>
    trouble === "silent"
      ? [from, to]
      : [from, from + 5 * MINUTE_MS, to - MINUTE_MS, ...[0, 5, 10].map((n) => to + n * MINUTE_MS)],
  );
  const times = [...reportTimes(bay, span), ...edges.filter((at) => at < span.to)];
  return [...new Set(times)].filter((at) => troubleOf(own, at) !== "silent").sort((a, b) => a - b);
}

function troubleOf(own: Episode[], at: number): Trouble | null {
  const current = own.find(({ from, to }) => from <= at && at < to);
  // The last sign of life is sent at the moment from which on there is none.
  if (current?.trouble === "silent" && current.from === at) return null;
  return current?.trouble ?? null;
}
