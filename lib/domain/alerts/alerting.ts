import type { RuleLimits } from "../devices/limits";
import { powerW } from "../devices/power";
import { exactDuration } from "../values/duration";

export const ALERT_TYPES = ["offline", "high_power", "invalid_data"] as const;
export type AlertType = (typeof ALERT_TYPES)[number];
export const ALERT_SEVERITIES = ["INFO", "WARNING", "CRITICAL"] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];
/** What alerts can be grouped by. */
export const ALERT_GROUPINGS = ["device", "zone", "type"] as const;
export type AlertGrouping = (typeof ALERT_GROUPINGS)[number];
export type AlertTransitionKind =
  | "raised"
  | "acknowledged"
  | "unacknowledged"
  | "resolved"
  | "reopened";

/** How many alerts one call can acknowledge, or take back. */
export const MOST_ALERTS_AT_ONCE = 10_000;

/** Severity of each cause (docs/rules.md#alert-types). */
export const SEVERITY: Record<AlertType, AlertSeverity> = {
  offline: "WARNING",
  high_power: "CRITICAL",
  invalid_data: "WARNING",
};

/** The causes that a reading can give; silence is looked at by the offline check. */
export const READING_CAUSES = ["high_power", "invalid_data"] as const;
export type ReadingCause = (typeof READING_CAUSES)[number];

export type Reading = { timestamp: number; voltage: number; current: number };

/** A reading that triggered an alert, as its details keep it: volts, amperes, watts, ISO 8601. */
export type TriggeringReading = {
  reading_at: string;
  voltage: number;
  current: number;
  power_w: number;
};

/**
 * What triggered an alert: the latest reading with its limits (watts, amperes, volts), the one that
 * raised it and the highest, or a silence (`limit_s` in seconds). Alerts stored by earlier versions
 * have the latest alone.
 */
export type AlertDetails = Partial<TriggeringReading> & {
  limit_w?: number;
  limit_a?: number;
  limit_v?: number;
  raised_by?: TriggeringReading;
  peak?: TriggeringReading;
  last_contact_at?: string;
  limit_s?: number;
};

/** Why an alert is triggered, in words and in figures. */
export type Cause = { message: string; details: AlertDetails };

/** Why a reading triggers an alert. */
export type Breach = Cause & { details: TriggeringReading };

const figure = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/**
 * What a reading sets off. Thresholds compare strictly: a value equal to its limit is normal.
 * Rules: docs/rules.md#high-power and docs/rules.md#invalid-data.
 */
export function breachesOf(
  reading: Reading,
  limits: RuleLimits,
): Partial<Record<ReadingCause, Breach>> {
  const { voltage, current } = reading;
  const power = powerW(voltage, current);
  const tooHigh = power > limits.highPowerW;
  const invalid = current > limits.maxCurrentA || voltage > limits.maxVoltageV;
  if (!tooHigh && !invalid) return {};
  const reading_at = new Date(reading.timestamp).toISOString();
  const read = { reading_at, voltage, current, power_w: power };
  const breaches: Partial<Record<ReadingCause, Breach>> = {};
  if (tooHigh) {
    breaches.high_power = {
      message: `Power ${figure.format(power)} W is above ${figure.format(limits.highPowerW)} W`,
      details: { ...read, limit_w: limits.highPowerW },
    };
  }
  if (invalid) {
    const reasons = [
      current > limits.maxCurrentA &&
        `current ${figure.format(current)} A is above ${figure.format(limits.maxCurrentA)} A`,
      voltage > limits.maxVoltageV &&
        `voltage ${figure.format(voltage)} V is above ${figure.format(limits.maxVoltageV)} V`,
    ].filter(Boolean);
    breaches.invalid_data = {
      message: `Implausible reading: ${reasons.join(" and ")}`,
      details: { ...read, limit_a: limits.maxCurrentA, limit_v: limits.maxVoltageV },
    };
  }
  return breaches;
}

/** An alert as its life cycle sees it; `id` is null until it is stored. Times in ms since 1970. */
export type AlertLife = {
  id: number | null;
  alertType: AlertType;
  message: string;
  details: AlertDetails;
  createdAt: number;
  lastTriggeredAt: number;
  occurrences: number;
  normalReadings: number;
  acknowledgedAt: number | null;
  resolvedAt: number | null;
};

export type AlertChange = { alert: AlertLife; transition: AlertTransitionKind | null };

/**
 * One cause, seen again: raises an alert, counts it on the one that lives, or reopens the one that
 * was resolved less than `reopenWithinSeconds` ago. Reopening takes back an acknowledgement: the
 * operator had seen it end. Rules: docs/rules.md#one-live-alert and docs/rules.md#resolve-and-reopen.
 */
export function triggerAlert(
  previous: AlertLife | null,
  alertType: AlertType,
  cause: Cause,
  limits: Pick<RuleLimits, "reopenWithinSeconds">,
  now: number,
): AlertChange {
  const { message } = cause;
  const seen = { lastTriggeredAt: now, normalReadings: 0 };
  const again = () => ({ message, details: withHistory(cause.details, previous!.details) });
  if (previous && previous.resolvedAt === null) {
    return {
      alert: { ...previous, ...seen, ...again(), occurrences: previous.occurrences + 1 },
      transition: null,
    };
  }
  if (previous && now - previous.resolvedAt! <= limits.reopenWithinSeconds * 1000) {
    const reopened = {
      acknowledgedAt: null,
      resolvedAt: null,
      occurrences: previous.occurrences + 1,
    };
    return { alert: { ...previous, ...seen, ...again(), ...reopened }, transition: "reopened" };
  }
  const alert: AlertLife = {
    id: null,
    alertType,
    message,
    details: withHistory(cause.details, null),
    ...seen,
    createdAt: now,
    occurrences: 1,
    acknowledgedAt: null,
    resolvedAt: null,
  };
  return { alert, transition: "raised" };
}

/** The reading in an alert's details, without its limits; null where there is none. */
export function triggeringReading(details: AlertDetails): TriggeringReading | null {
  const { reading_at, voltage, current, power_w } = details;
  if (reading_at === undefined || voltage === undefined || current === undefined) return null;
  return { reading_at, voltage, current, power_w: power_w ?? powerW(voltage, current) };
}

/** Details of the latest reading, with the one that raised the alert and the highest so far. */
function withHistory(latest: AlertDetails, before: AlertDetails | null): AlertDetails {
  const reading = triggeringReading(latest);
  if (!reading) return latest;
  if (!before) return { ...latest, raised_by: reading, peak: reading };
  const peak = before.peak ?? triggeringReading(before);
  const higher = !peak || excess(reading, latest) > excess(peak, latest);
  return { ...latest, raised_by: before.raised_by, peak: higher ? reading : peak };
}

/** How many times its limit a reading reaches. */
function excess(reading: TriggeringReading, { limit_w, limit_a, limit_v }: AlertDetails): number {
  const share = (value: number, limit: number | undefined) => (limit ? value / limit : 0);
  return Math.max(
    share(reading.power_w, limit_w),
    share(reading.current, limit_a),
    share(reading.voltage, limit_v),
  );
}

/** The end of an alert. */
export function resolveAlert(alert: AlertLife, now: number): AlertChange {
  return { alert: { ...alert, resolvedAt: now }, transition: "resolved" };
}

/**
 * A normal reading of a device with a live alert: after `normalReadingsToResolve` of them in a row
 * the alert is resolved.
 */
export function calmAlert(alert: AlertLife, limits: RuleLimits, now: number): AlertChange {
  const calmer = { ...alert, normalReadings: alert.normalReadings + 1 };
  return calmer.normalReadings >= limits.normalReadingsToResolve
    ? resolveAlert(calmer, now)
    : { alert: calmer, transition: null };
}

/**
 * Whether a device has been silent for longer than allowed. Times in ms since 1970.
 * @param lastContact null for a device that never made contact: it is unknown, not silent
 */
export function isSilent(
  lastContact: number | null,
  limits: Pick<RuleLimits, "offlineAfterSeconds">,
  now: number,
): boolean {
  return lastContact !== null && now - lastContact > limits.offlineAfterSeconds * 1000;
}

/**
 * Why a silent device has an alert.
 * @param anyMessage whether any message counts as contact, not telemetry alone
 * @param lastContact milliseconds since 1970
 */
export function silenceCause(
  { lastContact, anyMessage }: { lastContact: number; anyMessage: boolean },
  { offlineAfterSeconds }: Pick<RuleLimits, "offlineAfterSeconds">,
): Cause {
  const what = anyMessage ? "No message" : "No telemetry";
  return {
    message: `${what} for more than ${exactDuration(offlineAfterSeconds)}`,
    details: {
      last_contact_at: new Date(lastContact).toISOString(),
      limit_s: offlineAfterSeconds,
    },
  };
}
