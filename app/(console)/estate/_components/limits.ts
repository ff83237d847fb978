import type { LimitFields } from "@/lib/domain/devices/limit-fields";
import { DEFAULT_LIMITS } from "@/lib/domain/devices/limits";
import { exactDuration } from "@/lib/domain/values/duration";

export type LimitName = keyof typeof LimitFields;

/** The limits that something sets itself; null is inherited. */
export type OwnLimits = Record<LimitName, number | null>;

type Limit = { name: LimitName; label: string; unit: string; hint: string; standard: number };

/** The rule limits in words and units. */
export const LIMITS: Limit[] = [
  {
    name: "offline_after_seconds",
    label: "Offline after",
    unit: "s",
    hint: "Silence after which a device is offline.",
    standard: DEFAULT_LIMITS.offlineAfterSeconds,
  },
  {
    name: "high_power_w",
    label: "High power above",
    unit: "W",
    hint: "Voltage × current above this is critical.",
    standard: DEFAULT_LIMITS.highPowerW,
  },
  {
    name: "max_current_a",
    label: "Highest valid current",
    unit: "A",
    hint: "A reading above it is invalid.",
    standard: DEFAULT_LIMITS.maxCurrentA,
  },
  {
    name: "max_voltage_v",
    label: "Highest valid voltage",
    unit: "V",
    hint: "A reading above it is invalid.",
    standard: DEFAULT_LIMITS.maxVoltageV,
  },
  {
    name: "normal_readings_to_resolve",
    label: "Resolve after",
    unit: "readings",
    hint: "Normal readings in a row that resolve an alert.",
    standard: DEFAULT_LIMITS.normalReadingsToResolve,
  },
  {
    name: "reopen_within_seconds",
    label: "Reopen within",
    unit: "s",
    hint: "The same cause within this time reopens the alert.",
    standard: DEFAULT_LIMITS.reopenWithinSeconds,
  },
];

export const LIMIT_NAMES = LIMITS.map(({ name }) => name);

/** A limit with its unit: "2 min", "2,000 W", "3 readings". */
export function limitInWords(value: number, unit: string): string {
  if (unit === "s") return exactDuration(value);
  return `${value.toLocaleString("en", { maximumFractionDigits: 3 })} ${unit}`;
}

/** A level above that may set limits, and what it is called. */
export type LimitLevel = { called: string; limits: OwnLimits };

/** The facility as such a level, where it is known. */
export const facilityLevel = (facility: (OwnLimits & { code: string }) | undefined) =>
  facility ? [{ called: `facility ${facility.code}`, limits: facility }] : [];

/** What a limit is where nothing is set, and who says so. */
export type Inherited = Record<LimitName, { value: number; from: string }>;

/** @param levels the nearest first */
export function inheritedLimits(levels: LimitLevel[]): Inherited {
  const entries = LIMITS.map(({ name, standard }) => {
    const level = levels.find(({ limits }) => limits[name] !== null);
    const value = level?.limits[name] ?? standard;
    return [name, { value, from: level?.called ?? "default" }];
  });
  return Object.fromEntries(entries);
}

/** Limits as the fields of a form hold them. */
export function limitTexts(limits: OwnLimits | null): Record<LimitName, string> {
  const entries = LIMIT_NAMES.map((name) => [name, String(limits?.[name] ?? "")]);
  return Object.fromEntries(entries);
}

/** A number as the API takes it; null where nothing is given, and what is none for it to refuse. */
export function numberOf(text: string): number | string | null {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : trimmed;
}

/** The limits of a form as the API takes them. */
export function limitMessage(texts: Record<LimitName, string>) {
  return Object.fromEntries(LIMIT_NAMES.map((name) => [name, numberOf(texts[name])]));
}
