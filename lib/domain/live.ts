import type { AlertSeverity, AlertTransitionKind, AlertType } from "./alerting";

/**
 * A device as the live stream tells of it: facts alone. Status, silence and health follow from them
 * and the clock, by the rules in this folder. Times in milliseconds since 1970; volts, amperes.
 */
export type LiveDevice = {
  id: number;
  code: string;
  name: string | null;
  zone_id: number;
  facility_id: number;
  last_telemetry_at: number | null;
  last_parking_log_at: number | null;
  /** The contact that silence is counted from; null for a device that was never heard. */
  last_contact_at: number | null;
  offline_after_seconds: number;
  is_occupied: boolean | null;
  /** Since when `is_occupied` holds. */
  occupancy_since: number | null;
  voltage: number | null;
  current: number | null;
  open_alerts: number;
  worst_open: AlertSeverity | null;
};

/** A change of an alert, as the live stream tells of it. `at` in milliseconds since 1970. */
export type LiveAlertChange = {
  alert_id: number;
  kind: AlertTransitionKind;
  at: number;
  actor: string;
  alert_type: AlertType;
  severity: AlertSeverity;
  message: string;
  device_id: number;
  device_code: string;
  zone_id: number;
  facility_id: number;
};
