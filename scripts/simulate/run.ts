import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../replay/client";
import { Latency } from "./latency";
import { Outbox } from "./outbox";
import type { EventBody, Messages, ReadingBody, Simulation } from "./simulation";

/** Messages of a quarter of a second go together: few calls, and no one sees them wait. */
const TICK_MS = 250;
/** How long what has been measured may still be sent after Ctrl-C. */
const GRACE_MS = 2_000;

/** Where the messages of a simulation go, and what becomes of them. */
export class Outboxes {
  readonly latency = new Latency();
  readonly telemetry: Outbox<ReadingBody>;
  readonly events: Outbox<EventBody>;

  constructor(client: Pick<Client, "post">) {
    this.telemetry = new Outbox("telemetry", "api/telemetry/bulk", client, this.latency);
    this.events = new Outbox("parking logs", "api/parking-log/bulk", client, this.latency);
  }

  get all() {
    return [this.telemetry, this.events];
  }

  add({ readings, events }: Messages): void {
    this.telemetry.add(readings);
    this.events.add(events);
  }
}

/**
 * Lets a simulation send until its end or until it is stopped, then waits for the last answers.
 * @throws what sending has failed with
 */
export async function run(
  simulation: Simulation,
  outboxes: Outboxes,
  { endsAt, stop, onTick }: { endsAt: number; stop: AbortSignal; onTick?(): void },
): Promise<void> {
  while (!stop.aborted) {
    const now = Math.min(Date.now(), endsAt);
    outboxes.add(simulation.messagesUntil(now));
    for (const outbox of outboxes.all) await outbox.requireHealth();
    onTick?.();
    if (now === endsAt) break;
    await sleep(TICK_MS, undefined, { signal: stop }).catch(() => {});
  }
  outboxes.add(simulation.rest());
  await Promise.all(outboxes.all.map((outbox) => outbox.drain()));
}

/** The signal of a client whose simulation is stopped: a moment later, so that it can finish. */
export function afterGrace(stop: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const giveUp = () => void setTimeout(() => controller.abort(), GRACE_MS).unref();
  stop.addEventListener("abort", giveUp, { once: true });
  return controller.signal;
}
