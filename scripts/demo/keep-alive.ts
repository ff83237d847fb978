import { connectIngest } from "@/db/client";
import { placedBays } from "@/lib/server/demo/demo-bays";
import { DEMO_BAYS } from "@/lib/server/demo/demo-places";
import type { Trouble } from "@/lib/server/demo/readings";
import { troublesAt } from "@/lib/server/demo/troubles";
import { Client } from "../replay/client";
import { Interrupted } from "../replay/replay-error";
import { afterGrace, Outboxes, run } from "../simulate/run";
import { type Conduct, Simulation } from "../simulate/simulation";

const EVERY_MS = 20_000;

export type KeepAliveOptions = {
  url: string;
  key: string;
  /** Until when the history of the bays is told, milliseconds since 1970. */
  toldUntil: number;
  /** Gets what keeps the devices from being heard. */
  report(line: string): void;
};

/**
 * Lets the demo's devices send to the running server over HTTP, as real ones do.
 * @returns what ends it
 */
export async function keepAlive(options: KeepAliveOptions): Promise<() => Promise<void>> {
  const { key, toldUntil, report } = options;
  const url = `${options.url}/`;
  const bays = await baysInUse();
  const stop = new AbortController();
  const interrupt = afterGrace(stop.signal);
  const client = new Client({ url, key, interrupt, onWait: () => {} });
  const simulation = new Simulation(
    bays.map((bay) => ({ ...bay, toldUntil })),
    demoConduct(bays.map(({ number }) => number)),
    { everyMs: EVERY_MS, startsAt: Date.now() },
  );
  const endsAt = Number.POSITIVE_INFINITY;
  const running = run(simulation, new Outboxes(client), { endsAt, stop: stop.signal }).catch(
    (error: Error) => {
      if (!(error instanceof Interrupted))
        report(`The demo's devices have stopped: ${error.message}`);
    },
  );
  return async () => {
    stop.abort();
    await running;
  };
}

async function baysInUse() {
  const connections = connectIngest(process.env.DATABASE_URL ?? "", 1);
  try {
    return await placedBays(connections);
  } finally {
    await connections.end({ timeout: 5 });
  }
}

/** Troubles come and go with time, one look a second for all devices. */
function demoConduct(numbers: number[]): Conduct {
  let second = 0;
  let troubles = new Map<number, Trouble>();
  return {
    trouble: (device, at) => {
      const now = Math.floor(at / 1000);
      if (now !== second) troubles = troublesAt(DEMO_BAYS.length, at);
      second = now;
      return troubles.get(numbers[device] ?? -1) ?? null;
    },
  };
}
