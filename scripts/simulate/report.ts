import { reasonLines, table } from "../replay/report";
import { settledRows, totalOf } from "../replay/tally";
import type { Faults } from "./faults";
import type { Latency } from "./latency";
import type { Outboxes } from "./run";

const count = new Intl.NumberFormat("en");
const n = (value: number) => count.format(value);

/** What has become of everything so far, in a line. */
export function statusLine(outboxes: Outboxes, perSecond: number, seconds: number): string {
  const total = totalOf(outboxes.all.map(({ tally }) => tally));
  const waiting = total.rows - settledRows(total) - lostOf(outboxes);
  return [
    `${String(Math.round(seconds)).padStart(5)} s`,
    `${n(Math.round(perSecond))} sent/s`,
    `${n(total.created)} accepted`,
    `${n(total.duplicates)} duplicates`,
    `${n(total.refused)} refused`,
    ...(waiting > 0 ? [`${n(waiting)} waiting`] : []),
    latencyText(outboxes.latency),
  ].join(" · ");
}

/** The closing table, and beneath it what needs a word. */
export function summary(outboxes: Outboxes, faults: Faults, cpuSeconds: number): string {
  const tallies = outboxes.all.map(({ tally }) => tally);
  const total = totalOf(tallies);
  total.seconds = Math.max(...tallies.map(({ seconds }) => seconds));
  const lost = lostOf(outboxes);
  const open = total.rows - settledRows(total) - lost;
  const cpu = `${cpuSeconds.toFixed(1)} s of CPU`;
  return [
    ...table("messages", [...tallies, total]),
    "",
    `A call took ${latencyText(outboxes.latency)}; the simulation itself ${cpu}.`,
    ...(lost > 0 ? [`${n(lost)} messages were lost: the server was away for too long.`] : []),
    ...(open > 0 ? [`${n(open)} messages have no answer: they were stopped on their way.`] : []),
    ...(total.refused > 0 ? ["", "Refused by reason", ...reasonLines(total)] : []),
    ...(faults.kinds.length > 0 ? ["", "Injected faults", ...faultLines(faults)] : []),
  ].join("\n");
}

/** How often each fault was injected, and what the server is to make of it. */
function faultLines({ kinds, injected }: Faults): string[] {
  const { silence, "over-power": power, "clock-skew": skew, duplicates, bursts } = injected;
  const lines = {
    silence: `${n(silence.devices)} devices fell silent: as many offline alerts, once each is silent for too long`,
    "over-power": `${n(power.readings)} readings of ${n(power.devices)} devices: one high_power alert a device`,
    "clock-skew": `${n(skew.ahead)} readings from the future: refused; ${n(skew.late)} late ones: stored, change nothing`,
    duplicates: `${n(duplicates.readings)} readings sent twice: as many duplicates`,
    bursts: `${n(bursts.readings)} readings in ${n(bursts.bursts)} bursts: all stored`,
  };
  return kinds.map((kind) => `${kind.padEnd(10)}  ${lines[kind]}`);
}

const lostOf = (outboxes: Outboxes) => outboxes.all.reduce((sum, { lost }) => sum + lost, 0);

function latencyText(latency: Latency): string {
  const [half, most] = [latency.quantile(0.5), latency.quantile(0.99)];
  if (half === null || most === null) return "no answer yet";
  return `p50 ${Math.round(half)} ms, p99 ${Math.round(most)} ms`;
}
