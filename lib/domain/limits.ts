import { z } from "zod";

/** The limits that the rules compare with, each settable per facility, zone or device. */
export type RuleLimits = {
  /** Silence after which a device is offline, seconds. */
  offlineAfterSeconds: number;
  /** Power above which `high_power` is raised, watts. */
  highPowerW: number;
  /** Current above which a reading is invalid, amperes. */
  maxCurrentA: number;
  /** Voltage above which a reading is invalid, volts. */
  maxVoltageV: number;
  /** Normal readings in a row that resolve an alert. */
  normalReadingsToResolve: number;
  /** The same cause within this time of resolving reopens the alert, seconds. */
  reopenWithinSeconds: number;
};

/** Defaults of the rules (DESIGN section 3). */
export const DEFAULT_LIMITS: RuleLimits = {
  offlineAfterSeconds: 120,
  highPowerW: 2000,
  maxCurrentA: 100,
  maxVoltageV: 500,
  normalReadingsToResolve: 3,
  reopenWithinSeconds: 600,
};

export type LimitSettings = { [K in keyof RuleLimits]: number | null };

/** The limits in force for a device: its own, else its zone's, else its facility's, else the default. */
export function limitsInForce(...levels: LimitSettings[]): RuleLimits {
  const inForce = { ...DEFAULT_LIMITS };
  for (const name of Object.keys(DEFAULT_LIMITS) as (keyof RuleLimits)[]) {
    const set = levels.find((level) => level[name] !== null);
    if (set) inForce[name] = set[name] as number;
  }
  return inForce;
}

const DAY_SECONDS = 86_400;
const wholeNumber = (from: number, to: number) =>
  z.int("Must be a whole number.").min(from, `At least ${from}.`).max(to, `At most ${to}.`);
const positive = () => z.number("Must be a finite number.").positive("Must be positive.");

/** Limit settings on the wire; null takes a setting back. */
export const LimitFields = {
  offline_after_seconds: wholeNumber(1, 365 * DAY_SECONDS).nullish(),
  high_power_w: positive().nullish(),
  max_current_a: positive().nullish(),
  max_voltage_v: positive().nullish(),
  normal_readings_to_resolve: wholeNumber(1, 1000).nullish(),
  reopen_within_seconds: wholeNumber(0, 30 * DAY_SECONDS).nullish(),
};
