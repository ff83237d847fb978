import type { AlertSeverity, AlertType } from "../alerts/alerting";
import { exactDuration } from "../values/duration";
import type { RuleLimits } from "./limits";

const FULL_HEALTH = 100;
export const POINTS_PER_ALERT = 10;
export const POINTS_FOR_SILENCE = 30;
const SILENT_AFTER_SECONDS = 300;

export type HealthFacts = {
  /** The open alerts, or how many they are where nothing else is known of them. */
  openAlerts: readonly { alert_type: AlertType }[] | number;
  /** Milliseconds since 1970; null when no telemetry ever came. */
  lastTelemetryAt: number | null;
  /** The silence that it is allowed. */
  limits: Pick<RuleLimits, "offlineAfterSeconds">;
};

/** Which rule costs a device health, in words, and how much. */
export type HealthPart = { rule: "open_alert" | "silence"; reason: string; points: number };

/** A score with its explanation: 100 less all points, and never below 0. */
export type Health = { score: number; parts: HealthPart[] };

/**
 * The age of its newest telemetry from which a device loses points, seconds: 300, or the silence
 * that it is allowed where that is longer, so that one that reports daily is not ill all day.
 */
export function silenceThatCosts({ offlineAfterSeconds }: HealthFacts["limits"]): number {
  return Math.max(SILENT_AFTER_SECONDS, offlineAfterSeconds);
}

/**
 * Health of a device, 0 to 100, and why: 10 points off for each open alert, 30 when its newest
 * telemetry is older than `silenceThatCosts` or never came (fixed rule, docs/rules.md#health). An alert
 * is open until it is acknowledged or resolved.
 */
export function healthParts(
  { openAlerts, lastTelemetryAt, limits }: HealthFacts,
  now: number,
): Health {
  const facts = { openAlerts, lastTelemetryAt, limits };
  const parts = alertParts(openAlerts);
  if (silenceCosts(facts, now)) {
    const reason =
      lastTelemetryAt === null
        ? "No telemetry yet"
        : `No telemetry for more than ${exactDuration(silenceThatCosts(limits))}`;
    parts.push({ rule: "silence", reason, points: POINTS_FOR_SILENCE });
  }
  return { score: healthScore(facts, now), parts };
}

const silenceCosts = ({ lastTelemetryAt, limits }: HealthFacts, now: number) =>
  lastTelemetryAt === null || now - lastTelemetryAt > silenceThatCosts(limits) * 1000;

function alertParts(openAlerts: HealthFacts["openAlerts"]): HealthPart[] {
  if (typeof openAlerts !== "number") {
    return openAlerts.map(({ alert_type }) => ({
      rule: "open_alert",
      reason: `Open alert: ${alert_type.replaceAll("_", " ")}`,
      points: POINTS_PER_ALERT,
    }));
  }
  if (openAlerts === 0) return [];
  const reason = openAlerts === 1 ? "1 open alert" : `${openAlerts} open alerts`;
  return [{ rule: "open_alert", reason, points: POINTS_PER_ALERT * openAlerts }];
}

/** The score of `healthParts` alone: in lists of thousands of devices the words would take time. */
export function healthScore(facts: HealthFacts, now: number): number {
  const { openAlerts } = facts;
  const open = typeof openAlerts === "number" ? openAlerts : openAlerts.length;
  const lost = open * POINTS_PER_ALERT + (silenceCosts(facts, now) ? POINTS_FOR_SILENCE : 0);
  return Math.max(0, FULL_HEALTH - lost);
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

/** By what the heartbeat of devices is sorted; "-" before it turns it round. */
export const HEARTBEAT_COLUMNS = [
  "device",
  "zone",
  "status",
  "seen",
  "state",
  "health",
  "alerts",
] as const;
export type HeartbeatColumn = (typeof HEARTBEAT_COLUMNS)[number];
export type HeartbeatSort = { column: HeartbeatColumn; descending: boolean };

/** The worst first: the way in which a list of devices answers what is wrong. */
export const WORST_FIRST: HeartbeatSort = { column: "status", descending: false };
