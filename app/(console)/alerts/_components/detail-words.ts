import type { AlertType } from "@/lib/domain/alerting";

export type Detail = { name: string; value: string };
type Details = Record<string, number | string>;

const figure = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** What is told of each type, in order: a value with its unit, or the name of an instant. */
const TOLD: Record<AlertType, [field: string, name: string, unit: string][]> = {
  high_power: [
    ["power_w", "Power", "W"],
    ["limit_w", "Limit", "W"],
    ["voltage", "Voltage", "V"],
    ["current", "Current", "A"],
    ["reading_at", "Reading of", ""],
  ],
  invalid_data: [
    ["voltage", "Voltage", "V"],
    ["limit_v", "Limit of voltage", "V"],
    ["current", "Current", "A"],
    ["limit_a", "Limit of current", "A"],
    ["reading_at", "Reading of", ""],
  ],
  offline: [
    ["last_contact_at", "Last contact", ""],
    ["limit_s", "Allowed silence", "s"],
  ],
};

/**
 * The values that set an alert off, and its limits, in words.
 * @param exact writes an instant as its facility's local time
 */
export function detailsInWords(
  type: AlertType,
  details: Details,
  exact: (iso: string) => string,
): Detail[] {
  return TOLD[type].flatMap(([field, name, unit]) => {
    const value = details[field];
    if (value === undefined) return [];
    if (typeof value === "string") return [{ name, value: exact(value) }];
    return [{ name, value: `${figure.format(value)} ${unit}` }];
  });
}

/** How long something lasted: "45 s", "12 min", "3 h 5 min", "2 d 4 h". */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24).toLocaleString("en")} d ${hours % 24} h`;
}
