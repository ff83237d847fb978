import type { AlertDetails, AlertType } from "@/lib/domain/alerts/alerting";

type Reading = { timestamp: string; voltage: number; current: number; power_w: number };
type Alert = { alert_type: AlertType; details: AlertDetails };

/** The quantity that an alert is about, as it went. */
export type Course = {
  quantity: "Power" | "Voltage" | "Current";
  unit: "W" | "V" | "A";
  field: "power_w" | "voltage" | "current";
  /** Null where the alert is about silence. */
  limit: number | null;
};

/** Which quantity explains an alert: the one that was above its limit when it was raised. */
export function courseOf({ alert_type, details }: Alert): Course {
  const { limit_w = null, limit_a = null, limit_v = null, raised_by } = details;
  const voltage = raised_by?.voltage ?? details.voltage;
  if (alert_type !== "invalid_data") {
    return { quantity: "Power", unit: "W", field: "power_w", limit: limit_w };
  }
  if (limit_v !== null && voltage !== undefined && voltage > limit_v) {
    return { quantity: "Voltage", unit: "V", field: "voltage", limit: limit_v };
  }
  return { quantity: "Current", unit: "A", field: "current", limit: limit_a };
}

/**
 * When an alert was raised, by its device's own time where that is known: the time of the reading
 * that raised it, or of the last contact before the silence. The details of an alert that triggered
 * again tell of the latest time alone; then it is the server's time.
 */
export function raisedAt({
  details,
  occurrences,
  created_at,
}: {
  details: AlertDetails;
  occurrences: number;
  created_at: string;
}): string {
  const only = occurrences === 1 ? (details.reading_at ?? details.last_contact_at) : undefined;
  return details.raised_by?.reading_at ?? only ?? created_at;
}

/** The course in a sentence, for who can't see the chart. */
export function courseInWords(
  { quantity, unit, field, limit }: Course,
  readings: Reading[],
): string {
  const figure = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
  const values = readings.map((reading) => reading[field]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const range = `${quantity} from ${figure.format(low)} to ${figure.format(high)} ${unit}`;
  if (limit === null) return `${range} in ${values.length} readings`;
  const above = values.filter((value) => value > limit).length;
  return `${range}; ${above} of ${values.length} readings above the limit of ${figure.format(limit)} ${unit}`;
}
