import type { AlertSeverity, AlertTransitionKind, AlertType } from "@/lib/domain/alerts/alerting";
import { STATUS_WORDS } from "./device-words";
import type { Mark } from "./state-mark";

/** The causes of alerts as people call them. */
export const ALERT_TYPE_NAMES: Record<AlertType, string> = {
  offline: "Offline",
  high_power: "High power",
  invalid_data: "Invalid data",
};

/** Each severity as a word with an icon. */
export const SEVERITY_WORDS: Record<AlertSeverity, Mark> = {
  INFO: { word: "Info", icon: "info", tone: "quiet" },
  WARNING: STATUS_WORDS.WARNING,
  CRITICAL: STATUS_WORDS.CRITICAL,
};

/** What happened to an alert. */
export const TRANSITION_NAMES: Record<AlertTransitionKind, string> = {
  raised: "Raised",
  acknowledged: "Acknowledged",
  unacknowledged: "Acknowledgement undone",
  resolved: "Resolved",
  reopened: "Reopened",
};
