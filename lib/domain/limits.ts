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
