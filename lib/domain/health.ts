import type { AlertSeverity, AlertType } from "./alerting";

const FULL_HEALTH = 100;
const POINTS_PER_ALERT = 10;
const POINTS_FOR_STALE_TELEMETRY = 30;
const STALE_AFTER_MS = 300_000;

export type HealthFacts = {
  /** The open alerts, or how many they are where nothing else is known of them. */
  openAlerts: readonly { alert_type: AlertType }[] | number;
  /** Milliseconds since 1970; null when no telemetry ever came. */
  lastTelemetryAt: number | null;
};

/** What costs a device health, in words. */
export type HealthPart = { reason: string; points: number };

/** A score with its explanation: 100 less all points, and never below 0. */
export type Health = { score: number; parts: HealthPart[] };

/**
 * Health of a device, 0 to 100, and why: 10 points off for each open alert, 30 when the newest
 * telemetry is older than 300 s or never came (fixed rule, DESIGN section 3).
 */
export function healthParts({ openAlerts, lastTelemetryAt }: HealthFacts, now: number): Health {
  const parts = alertParts(openAlerts);
  if (lastTelemetryAt === null) {
    parts.push({ reason: "No telemetry yet", points: POINTS_FOR_STALE_TELEMETRY });
  } else if (now - lastTelemetryAt > STALE_AFTER_MS) {
    const reason = `No telemetry for over ${STALE_AFTER_MS / 60_000} minutes`;
    parts.push({ reason, points: POINTS_FOR_STALE_TELEMETRY });
  }
  const lost = parts.reduce((sum, { points }) => sum + points, 0);
  return { score: Math.max(0, FULL_HEALTH - lost), parts };
}

function alertParts(openAlerts: HealthFacts["openAlerts"]): HealthPart[] {
  if (typeof openAlerts !== "number") {
    return openAlerts.map(({ alert_type }) => ({
      reason: `Open alert: ${alert_type.replaceAll("_", " ")}`,
      points: POINTS_PER_ALERT,
    }));
  }
  if (openAlerts === 0) return [];
  const reason = openAlerts === 1 ? "1 open alert" : `${openAlerts} open alerts`;
  return [{ reason, points: POINTS_PER_ALERT * openAlerts }];
}

/** The score of `healthParts` alone. */
export function healthScore(facts: HealthFacts, now: number): number {
  return healthParts(facts, now).score;
}

export const DEVICE_STATUSES = ["OK", "WARNING", "CRITICAL"] as const;
export type DeviceStatus = (typeof DEVICE_STATUSES)[number];

/**
 * Status of a device from its worst open alert; silence counts as a warning even before the
 * offline check has raised its alert. An INFO alert leaves a device OK.
 */
export function deviceStatus(worstOpen: AlertSeverity | null, silent: boolean): DeviceStatus {
  if (worstOpen === "CRITICAL") return "CRITICAL";
  return worstOpen === "WARNING" || silent ? "WARNING" : "OK";
}
