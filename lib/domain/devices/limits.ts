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

/** Defaults of the rules (docs/rules.md#limits). */
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
  for (const name of LIMIT_NAMES) inForce[name] = deciding(name, levels)?.[name] ?? inForce[name];
  return inForce;
}

/** Where a limit can be set, the level that decides first in front. */
const LEVELS = ["device", "zone", "facility"] as const;
export type LimitLevel = (typeof LEVELS)[number];

/** Each limit in force for a device, and who set it: `default` where no one did. */
export type LimitOrigins = {
  [K in keyof RuleLimits]: { value: number; origin: LimitLevel | "default" };
};

/** The limits of `limitsInForce`, each with the level that it comes from. */
export function limitOrigins(settings: Record<LimitLevel, LimitSettings>): LimitOrigins {
  const values = limitsInForce(...LEVELS.map((level) => settings[level]));
  const originOf = (name: keyof RuleLimits) =>
    LEVELS.find((level) => settings[level][name] !== null) ?? "default";
  return Object.fromEntries(
    LIMIT_NAMES.map((name) => [name, { value: values[name], origin: originOf(name) }]),
  ) as LimitOrigins;
}

const LIMIT_NAMES = Object.keys(DEFAULT_LIMITS) as (keyof RuleLimits)[];

const deciding = (name: keyof RuleLimits, levels: LimitSettings[]) =>
  levels.find((level) => level[name] !== null);
