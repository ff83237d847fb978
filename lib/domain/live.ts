import type { AlertSeverity, AlertTransitionKind, AlertType } from "./alerting";
import type { DeviceStatus } from "./health";

/** A device as the API and the live stream tell of it: times are ISO 8601 in UTC. */
export type ToldDevice = {
  id: number;
  code: string;
  name: string | null;
  zone_id: number;
  zone_code: string;
  facility_id: number;
  facility_name: string;
  last_telemetry_at: string | null;
  last_parking_log_at: string | null;
  last_contact_at: string | null;
  offline_after_seconds: number;
  status: DeviceStatus;
  is_occupied: boolean | null;
  occupancy_since: string | null;
  voltage: number | null;
  current: number | null;
  open_alerts: number;
  worst_open: AlertSeverity | null;
};

/**
 * A device as a live page keeps it: facts alone. Status, silence and health follow from them and
 * the clock, by the rules in this folder. Times in milliseconds since 1970; volts, amperes.
 */
export type LiveDevice = {
  id: number;
  code: string;
  name: string | null;
  zone_id: number;
  zone_code: string;
  facility_id: number;
  facility_name: string;
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
  /** When this was read: of two of one device the later one holds. */
  read_at: number;
};

/** A change of an alert, as the live stream tells of it; `at` is ISO 8601 in UTC. */
export type ToldAlertChange = Omit<LiveAlertChange, "at"> & { at: string };

/** A change of an alert. `at` in milliseconds since 1970. */
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

const instant = (iso: string | null) => (iso === null ? null : Date.parse(iso));

/** @param readAt when it was read, milliseconds since 1970 */
export function liveDevice(told: ToldDevice, readAt: number): LiveDevice {
  return {
    id: told.id,
    code: told.code,
    name: told.name,
    zone_id: told.zone_id,
    zone_code: told.zone_code,
    facility_id: told.facility_id,
    facility_name: told.facility_name,
    last_telemetry_at: instant(told.last_telemetry_at),
    last_parking_log_at: instant(told.last_parking_log_at),
    last_contact_at: instant(told.last_contact_at),
    offline_after_seconds: told.offline_after_seconds,
    is_occupied: told.is_occupied,
    occupancy_since: instant(told.occupancy_since),
    voltage: told.voltage,
    current: told.current,
    open_alerts: told.open_alerts,
    worst_open: told.worst_open,
    read_at: readAt,
  };
}

export function liveAlertChange(told: ToldAlertChange): LiveAlertChange {
  return { ...told, at: Date.parse(told.at) };
}
