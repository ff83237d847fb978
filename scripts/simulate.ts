import { Client } from "./replay/client";
import { interruption } from "./replay/interruption";
import { Interrupted, ReplayError } from "./replay/replay-error";
import { settledRows, totalOf } from "./replay/tally";
import { Faults } from "./simulate/faults";
import { gatherFleet } from "./simulate/fleet";
import { HELP, parseOptions, type SimulateOptions } from "./simulate/options";
import { statusLine, summary } from "./simulate/report";
import { afterGrace, Outboxes, run } from "./simulate/run";
import { Simulation } from "./simulate/simulation";

const STATUS_EVERY_MS = 5_000;
const REPEAT_AFTER_MS = 5_000;

const say = (text: string) => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), process.env);
  if (!options) return say(HELP);
  const stop = interruption();
  const { url, key } = options;
  const client = new Client({ url, key, interrupt: afterGrace(stop), onWait: waitingLine() });
  const { bays, lines } = await gatherFleet(client, options, Date.now());
  for (const line of lines) say(line);
  const faults = new Faults(options.faults, bays.length);
  const startsAt = Date.now();
  const simulation = new Simulation(bays, faults, { everyMs: options.everyMs, startsAt });
  await send(simulation, new Outboxes(client), faults, { ...options, startsAt, stop });
}

async function send(
  simulation: Simulation,
  outboxes: Outboxes,
  faults: Faults,
  { startsAt, stop, seconds }: SimulateOptions & { startsAt: number; stop: AbortSignal },
): Promise<void> {
  const endsAt = seconds === undefined ? Number.POSITIVE_INFINITY : startsAt + seconds * 1000;
  const cpuBefore = process.cpuUsage();
  let said = { at: startsAt, settled: 0 };
  const onTick = () => {
    const now = Date.now();
    if (now - said.at < STATUS_EVERY_MS) return;
    const settled = settledRows(totalOf(outboxes.all.map(({ tally }) => tally)));
    const perSecond = ((settled - said.settled) * 1000) / (now - said.at);
    say(statusLine(outboxes, perSecond, (now - startsAt) / 1000));
    said = { at: now, settled };
  };
  try {
    await run(simulation, outboxes, { endsAt, stop, onTick });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  } finally {
    const { user, system } = process.cpuUsage(cpuBefore);
    for (const { tally } of outboxes.all) {
      tally.seconds = (Date.now() - startsAt) / 1000;
      tally.isComplete = true;
    }
    say(`\n${summary(outboxes, faults, (user + system) / 1e6)}`);
  }
}

/** Says what stands in the way, but not at every attempt. */
function waitingLine() {
  let saidAt = 0;
  return (why: string) => {
    if (Date.now() - saidAt < REPEAT_AFTER_MS) return;
    saidAt = Date.now();
    process.stderr.write(`Trying again: ${why}\n`);
  };
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ReplayError || error instanceof Interrupted)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = error instanceof Interrupted ? 130 : 1;
}
