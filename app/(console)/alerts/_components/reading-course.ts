import type { AlertType } from "@/lib/domain/alerting";

type Reading = { timestamp: string; voltage: number; current: number; power_w: number };
type Alert = {
  alert_type: AlertType;
  details: Record<string, number | string>;
  last_triggered_at: string;
};

/** The quantity that an alert is about, as it went. */
export type Course = {
  quantity: "Power" | "Voltage" | "Current";
  unit: "W" | "V" | "A";
  field: "power_w" | "voltage" | "current";
  /** Null where the alert is about silence. */
  limit: number | null;
};

const numberOf = (value: number | string | undefined) => (typeof value === "number" ? value : null);

/** Which quantity explains an alert: the one that was above its limit. */
export function courseOf({ alert_type, details }: Alert): Course {
  const power = { quantity: "Power", unit: "W", field: "power_w" } as const;
  if (alert_type !== "invalid_data") return { ...power, limit: numberOf(details.limit_w) };
  const limitV = numberOf(details.limit_v);
  if (limitV !== null && Number(details.voltage) > limitV) {
    return { quantity: "Voltage", unit: "V", field: "voltage", limit: limitV };
  }
  return { quantity: "Current", unit: "A", field: "current", limit: numberOf(details.limit_a) };
}

/** When it was last set off: by a reading's own time, or by the last contact before a silence. */
export function setOffAt({ details, last_triggered_at }: Alert): string {
  const at = details.reading_at ?? details.last_contact_at;
  return typeof at === "string" ? at : last_triggered_at;
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
