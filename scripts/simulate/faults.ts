import type { Trouble } from "@/lib/server/demo/readings";
import type { Conduct, ReadingBody } from "./simulation";

/** What can go wrong with single devices; no device has two of these. */
export const DEVICE_FAULTS = ["silence", "over-power", "clock-skew", "duplicates"] as const;
export const FAULTS = [...DEVICE_FAULTS, "bursts"] as const;
export type Fault = (typeof FAULTS)[number];

/** Of so many devices one has a fault. */
const ONE_IN = 100;
const BURST_EVERY = 6;
const AHEAD_MS = 300_000;
/** A prime number, so that no late reading has the time of another one. */
const LATE_MS = 600_011;

/** The faults that were asked for, and how often each was injected. */
export class Faults implements Conduct {
  readonly injected = {
    silence: { devices: 0 },
    "over-power": { devices: 0, readings: 0 },
    "clock-skew": { devices: 0, ahead: 0, late: 0 },
    duplicates: { devices: 0, readings: 0 },
    bursts: { bursts: 0, readings: 0 },
  };
  private readonly ofDevices: Fault[];
  private readonly period: number;
  private readonly met = new Set<number>();

  constructor(
    readonly kinds: Fault[],
    devices: number,
  ) {
    this.ofDevices = kinds.filter((fault) => fault !== "bursts");
    this.period = Math.min(ONE_IN, devices);
  }

  /** The fault of a device, the first ones of every hundred. */
  faultOf(device: number): Fault | null {
    return this.ofDevices[device % this.period] ?? null;
  }

  isBurst(round: number): boolean {
    return this.kinds.includes("bursts") && round % BURST_EVERY === BURST_EVERY - 1;
  }

  trouble(device: number, _at: number, round: number): Trouble | null {
    const { silence, "over-power": overPower, bursts } = this.injected;
    const fault = this.faultOf(device);
    if (fault === "silence" && round > 0) {
      this.count(device, silence);
      return "silent";
    }
    if (this.isBurst(round)) {
      bursts.bursts = Math.floor(round / BURST_EVERY) + 1;
      bursts.readings += 1;
    }
    if (fault !== "over-power") return null;
    this.count(device, overPower);
    overPower.readings += 1;
    return "over-power";
  }

  besides(device: number, round: number, reading: ReadingBody): ReadingBody[] {
    const { "clock-skew": skew, duplicates } = this.injected;
    const fault = this.faultOf(device);
    if (fault === "duplicates") {
      this.count(device, duplicates);
      duplicates.readings += 1;
      return [reading];
    }
    if (fault !== "clock-skew") return [];
    this.count(device, skew);
    const isAhead = round % 2 === 0;
    skew[isAhead ? "ahead" : "late"] += 1;
    const at = Date.parse(reading.timestamp) + (isAhead ? AHEAD_MS : -LATE_MS);
    return [{ ...reading, timestamp: new Date(at).toISOString() }];
  }

  private count(device: number, fault: { devices: number }): void {
    if (this.met.has(device)) return;
    this.met.add(device);
    fault.devices += 1;
  }
}
