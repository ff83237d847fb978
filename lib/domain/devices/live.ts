import type { AlertSeverity, AlertTransitionKind, AlertType } from "../alerts/alerting";
import { BAY_STATES, type BayFacts, bayStateAt } from "../occupancy/bay-state";
import { type Connection, connectionOf, offlineSince } from "./connection";
import { type DeviceStatus, deviceStatus, healthScore } from "./health";
import { powerW } from "./power";

/** A device as the API and the live stream tell of it: times are ISO 8601 in UTC. */
export type WireDevice = {
  id: number;
  code: string;
  name: string | null;
  zone_id: number;
  zone_code: string;
  facility_id: number;
  facility_name: string;
  last_telemetry_at: string | null;
  last_parking_log_at: string | null;
  /** The contact that silence is counted from; null for a device that was never heard. */
  last_contact_at: string | null;
  offline_after_seconds: number;
  status: DeviceStatus;
  is_occupied: boolean | null;
  /** Since when `is_occupied` holds. */
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
export type LiveDevice = Omit<WireDevice, Instants | "status"> & {
  [K in Instants]: number | null;
} & {
  /** When this was read: of two of one device the later one holds. */
  read_at: number;
};

type Instants = "last_telemetry_at" | "last_parking_log_at" | "last_contact_at" | "occupancy_since";

/** A change of an alert, as the live stream tells of it; `at` is ISO 8601 in UTC. */
export type WireAlertChange = Omit<LiveAlertChange, "at"> & { at: string };

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

/** The changes since an event, and how things stand. */
export type ChangesSince = {
  event_id: string;
  now: string;
  /** Open alerts by facility; null for those who see a part of a facility alone. */
  open_alerts: Record<string, number> | null;
  /** Whether something may have been missed: what is shown must be read anew. */
  reset: boolean;
  events: { event: string; data: unknown }[];
};

const instant = (iso: string | null) => (iso === null ? null : Date.parse(iso));

/** @param readAt when it was read, milliseconds since 1970 */
export function liveDevice(wire: WireDevice, readAt: number): LiveDevice {
  return {
    id: wire.id,
    code: wire.code,
    name: wire.name,
    zone_id: wire.zone_id,
    zone_code: wire.zone_code,
    facility_id: wire.facility_id,
    facility_name: wire.facility_name,
    last_telemetry_at: instant(wire.last_telemetry_at),
    last_parking_log_at: instant(wire.last_parking_log_at),
    last_contact_at: instant(wire.last_contact_at),
    offline_after_seconds: wire.offline_after_seconds,
    is_occupied: wire.is_occupied,
    occupancy_since: instant(wire.occupancy_since),
    voltage: wire.voltage,
    current: wire.current,
    open_alerts: wire.open_alerts,
    worst_open: wire.worst_open,
    read_at: readAt,
  };
}

export function liveAlertChange(wire: WireAlertChange): LiveAlertChange {
  return { ...wire, at: Date.parse(wire.at) };
}

export const NOW_STATES = [...BAY_STATES, "never"] as const;
/** What is known of a bay now: `never` where its device has never sent a message. */
export type NowState = (typeof NOW_STATES)[number];

export const STATE_FILTERS = [
  "occupied",
  "free",
  "unknown",
  "offline",
  "never",
  "no_event",
] as const;
/** What a list can be narrowed down to: `unknown` is every bay that is neither occupied nor free. */
export type StateFilter = (typeof STATE_FILTERS)[number];

const STATES_OF: Record<StateFilter, readonly NowState[]> = {
  occupied: ["occupied"],
  free: ["free"],
  unknown: ["offline", "never", "unknown"],
  offline: ["offline"],
  never: ["never"],
  no_event: ["unknown"],
};

/** The states that a filter lets through. */
export const statesOf = (filter: StateFilter): readonly NowState[] => STATES_OF[filter];

/** A device as it stands at an instant: what its facts and the rules say. Watts; times as above. */
export type LiveStanding = {
  state: NowState;
  /** Since when it is offline, occupied or free; null where that is not known. */
  stateSince: number | null;
  status: DeviceStatus;
  connection: Connection;
  healthScore: number;
  powerW: number | null;
  lastSeenAt: number | null;
};

/**
 * What the rules make of a device's facts, the same as the server's `readDeviceStatuses` does.
 * @param now milliseconds since 1970
 */
export function standingOf(device: LiveDevice, now: number): LiveStanding {
  const { last_contact_at, offline_after_seconds, last_telemetry_at, last_parking_log_at } = device;
  const limits = { offlineAfterSeconds: offline_after_seconds };
  const lastSeenAt = later(last_telemetry_at, last_parking_log_at);
  const heard = { lastSeen: lastSeenAt, lastContact: last_contact_at };
  const connection = connectionOf(heard, limits, now);
  const { voltage, current } = device;
  return {
    stateSince:
      connection === "offline" ? offlineSince(heard, limits, now) : device.occupancy_since,
    state: nowState(
      { isOccupied: device.is_occupied, lastContactAt: last_contact_at, limits },
      connection,
      now,
    ),
    status: deviceStatus(device.worst_open, connection === "offline"),
    connection,
    healthScore: healthScore(
      { openAlerts: device.open_alerts, lastTelemetryAt: last_telemetry_at, limits },
      now,
    ),
    powerW: voltage === null || current === null ? null : powerW(voltage, current),
    lastSeenAt,
  };
}

/** Of two instants the later one; null stands for never. */
export function later(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

/** What is known of a bay now. @param now milliseconds since 1970 */
export function nowState(facts: BayFacts, connection: Connection, now: number): NowState {
  return connection === "never" ? "never" : bayStateAt(facts, now);
}

/** The order in which a packed list gives the fields of each device. */
export const PACKED_FIELDS = [
  "id",
  "code",
  "name",
  "zone_id",
  "facility_id",
  "last_telemetry_at",
  "last_parking_log_at",
  "last_contact_at",
  "offline_after_seconds",
  "is_occupied",
  "occupancy_since",
  "voltage",
  "current",
  "open_alerts",
  "worst_open",
] as const satisfies (keyof LiveDevice)[];

/**
 * All devices of a place, small enough to send ten thousand of them: fields by their order, names
 * of zones and facilities once.
 */
export type PackedDevices = {
  /** Milliseconds since 1970. */
  read_at: number;
  zones: Record<number, string>;
  facilities: Record<number, string>;
  devices: (string | number | boolean | null)[][];
};

export function packDevices(wire: WireDevice[], readAt: number): PackedDevices {
  const zones: PackedDevices["zones"] = {};
  const facilities: PackedDevices["facilities"] = {};
  const devices = wire.map((row) => {
    zones[row.zone_id] = row.zone_code;
    facilities[row.facility_id] = row.facility_name;
    const device = liveDevice(row, readAt);
    return PACKED_FIELDS.map((field) => device[field]);
  });
  return { read_at: readAt, zones, facilities, devices };
}

export function unpackDevices({ read_at, zones, facilities, devices }: PackedDevices) {
  return devices.map((values) => {
    const packed = Object.fromEntries(PACKED_FIELDS.map((field, i) => [field, values[i]]));
    const device = packed as Omit<LiveDevice, "zone_code" | "facility_name" | "read_at">;
    return {
      ...device,
      zone_code: zones[device.zone_id] ?? "",
      facility_name: facilities[device.facility_id] ?? "",
      read_at,
    } as LiveDevice;
  });
}
