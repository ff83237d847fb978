import {
  type AlertDetails,
  type AlertType,
  type TriggeringReading,
  triggeringReading,
} from "@/lib/domain/alerts/alerting";
import { exactDuration } from "@/lib/domain/values/duration";
import { type Course, courseOf } from "./reading-course";

/** A fact about what triggered an alert; `at` is ISO 8601. */
export type Detail = { name: string; value: string; at?: string };

const figure = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** What triggered an alert in words: its readings and their limits, or the silence. */
export function detailsInWords(type: AlertType, details: AlertDetails): Detail[] {
  return type === "offline" ? silenceInWords(details) : readingsInWords(type, details);
}

function silenceInWords({ last_contact_at, limit_s }: AlertDetails): Detail[] {
  const told: Detail[] = [];
  if (last_contact_at) told.push({ name: "Last contact", value: "", at: last_contact_at });
  if (limit_s) told.push({ name: "Allowed silence", value: exactDuration(limit_s) });
  return told;
}

/** The reading that raised it, the peak and the latest; earlier versions kept the latest alone. */
function readingsInWords(type: AlertType, details: AlertDetails): Detail[] {
  const latest = triggeringReading(details);
  if (!latest) return [];
  const course = courseOf({ alert_type: type, details });
  const readings = [
    { name: "Raised by", reading: details.raised_by },
    { name: "Peak", reading: details.peak },
    { name: "Latest", reading: latest },
  ];
  const told = readings.flatMap(({ name, reading }) =>
    reading ? [{ name, value: valuesOf(course, reading), at: reading.reading_at }] : [],
  );
  return [...told, ...limitsInWords(details)];
}

/** The value that the alert is about first: "2,760 W (230 V, 12 A)". */
function valuesOf({ field }: Course, { voltage, current, power_w }: TriggeringReading): string {
  const told = (value: number, unit: string) => `${figure.format(value)} ${unit}`;
  const values = [
    { of: "power_w", text: told(power_w, "W") },
    { of: "voltage", text: told(voltage, "V") },
    { of: "current", text: told(current, "A") },
  ];
  const texts = (wanted: boolean) =>
    values.filter(({ of }) => (of === field) === wanted).map(({ text }) => text);
  return `${texts(true)} (${texts(false).join(", ")})`;
}

function limitsInWords({ limit_w, limit_a, limit_v }: AlertDetails): Detail[] {
  const limits = [
    [limit_w, "Power limit", "W"],
    [limit_a, "Current limit", "A"],
    [limit_v, "Voltage limit", "V"],
  ] as const;
  return limits.flatMap(([value, name, unit]) =>
    value === undefined ? [] : [{ name, value: `${figure.format(value)} ${unit}` }],
  );
}
