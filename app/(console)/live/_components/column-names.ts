import type { ColumnId } from "../view";

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

const WIDTHS: Record<Exclude<ColumnId, "device" | "zone">, number> = {
  state: 124,
  since: 136,
  voltage: 96,
  current: 104,
  power: 96,
  seen: 124,
  health: 92,
  alerts: 124,
};

/** The width of a column in pixels; the device takes what is left. */
export function columnWidth(id: ColumnId, withFacility: boolean): number | undefined {
  if (id === "device") return undefined;
  return id === "zone" ? (withFacility ? 220 : 110) : WIDTHS[id];
}
