import type { AlertSeverity } from "./alerting";

const POINTS_PER_ALERT = 10;
const POINTS_FOR_STALE_TELEMETRY = 30;
const STALE_AFTER_MS = 300_000;

export type HealthFacts = {
  openAlerts: number;
  /** Milliseconds since 1970; null when no telemetry ever came. */
  lastTelemetryAt: number | null;
};

/**
 * Health of a device, 0 to 100: 10 points off for each open alert, 30 when the newest telemetry is
 * older than 300 s or never came (fixed rule, DESIGN section 3).
 */
export function healthScore({ openAlerts, lastTelemetryAt }: HealthFacts, now: number): number {
  const stale = lastTelemetryAt === null || now - lastTelemetryAt > STALE_AFTER_MS;
  const score = 100 - POINTS_PER_ALERT * openAlerts - (stale ? POINTS_FOR_STALE_TELEMETRY : 0);
  return Math.max(0, Math.min(100, score));
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
