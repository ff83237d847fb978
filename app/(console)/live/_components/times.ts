import { localDate } from "@/app/_ui/local-time";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are dear to make and few: one for each time zone and shape. */
function format(timeZone: string, shape: "clock" | "day" | "exact"): Intl.DateTimeFormat {
  const key = `${shape} ${timeZone}`;
  const known = formats.get(key);
  if (known) return known;
  const options: Record<typeof shape, Intl.DateTimeFormatOptions> = {
    clock: { timeStyle: "short" },
    day: { day: "numeric", month: "short" },
    exact: { dateStyle: "medium", timeStyle: "medium" },
  };
  const made = new Intl.DateTimeFormat("en-GB", { ...options[shape], timeZone });
  formats.set(key, made);
  return made;
}

const DAY_MS = 86_400_000;
const LONGEST_DAY_MS = 26 * 3_600_000;

/** When the local date of an instant began in a time zone; both in milliseconds since 1970. */
export function startOfDay(at: number, timeZone: string): number {
  const today = localDate(new Date(at), timeZone);
  let [before, within] = [at - LONGEST_DAY_MS, at];
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (localDate(new Date(middle), timeZone) === today) within = middle;
    else before = middle;
  }
  return within;
}

/** "14:05" for today, "3 May 14:05" before; milliseconds since 1970. */
export function timeIn(at: number, timeZone: string, now: number): string {
  const clock = format(timeZone, "clock").format(at);
  const isToday =
    now - at < DAY_MS && localDate(new Date(at), timeZone) === localDate(new Date(now), timeZone);
  return isToday ? clock : `${format(timeZone, "day").format(at)} ${clock}`;
}

/** "3 May 2024, 14:05:09 Asia/Shanghai". */
export function exactIn(at: number, timeZone: string): string {
  return `${format(timeZone, "exact").format(at)} ${timeZone}`;
}

const tenths = new Intl.NumberFormat("en", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** "230.5 V"; — where nothing was measured. */
export function measured(value: number | null, unit: "V" | "A" | "W", digits: 0 | 1 = 1): string {
  if (value === null) return "—";
  return `${(digits === 0 ? whole : tenths).format(value)} ${unit}`;
}
