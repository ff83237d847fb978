import type { ColumnId } from "./live-view";

export const COLUMN_NAMES: Record<ColumnId, string> = {
  device: "Device",
  zone: "Zone",
  state: "State",
  since: "Since",
  voltage: "Volts",
  current: "Amperes",
  power: "Watts",
  seen: "Last seen",
  health: "Health",
  alerts: "Alerts",
};

/** Widths in pixels; the device takes what is left. */
export const COLUMN_WIDTHS: Record<ColumnId, number | undefined> = {
  device: undefined,
  zone: 150,
  state: 124,
  since: 118,
  voltage: 92,
  current: 108,
  power: 92,
  seen: 124,
  health: 96,
  alerts: 118,
};
