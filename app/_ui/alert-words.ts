import type { AlertSeverity, AlertTransitionKind, AlertType } from "@/lib/domain/alerting";
import type { IconName } from "./icons";

/** The causes of alerts as people call them. */
export const ALERT_TYPE_NAMES: Record<AlertType, string> = {
  offline: "Offline",
  high_power: "High power",
  invalid_data: "Invalid data",
};

/** Each severity as a word with an icon. */
export const SEVERITY_MARKS: Record<
  AlertSeverity,
  { name: string; icon: IconName; tone: "quiet" | "warning" | "critical" }
> = {
  INFO: { name: "Info", icon: "info", tone: "quiet" },
  WARNING: { name: "Warning", icon: "warning", tone: "warning" },
  CRITICAL: { name: "Critical", icon: "critical", tone: "critical" },
};

/** What happened to an alert. */
export const TRANSITION_NAMES: Record<AlertTransitionKind, string> = {
  raised: "Raised",
  acknowledged: "Acknowledged",
  unacknowledged: "Acknowledgement undone",
  resolved: "Resolved",
  reopened: "Reopened",
};
