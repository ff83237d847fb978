const SHAPES = {
  date: {
    ...{ calendar: "iso8601", numberingSystem: "latn" },
    ...{ year: "numeric", month: "2-digit", day: "2-digit" },
  },
  clock: { timeStyle: "medium" },
  offset: { timeZoneName: "shortOffset" },
  day: { day: "numeric", month: "short" },
  exact: { dateStyle: "medium", timeStyle: "medium" },
  // Of dates alone, in UTC.
  fullDate: { dateStyle: "full" },
  weekday: { weekday: "short" },
  dayAndMonth: { day: "numeric", month: "long" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are dear to make and few: one for each time zone and shape. */
function format(timeZone: string, shape: keyof typeof SHAPES): Intl.DateTimeFormat {
  const key = `${shape} ${timeZone}`;
  const known = formats.get(key);
  if (known) return known;
  const american = shape === "date" || shape === "offset";
  const made = new Intl.DateTimeFormat(american ? "en-US" : "en-GB", {
    ...{ ...SHAPES[shape], timeZone },
  });
  formats.set(key, made);
  return made;
}

/** The calendar date of an instant in a time zone, YYYY-MM-DD. */
export function localDate(at: Date | number, timeZone: string): string {
  const parts = format(timeZone, "date").formatToParts(at);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}

const midnight = (date: string) => new Date(`${date}T00:00:00Z`);

/** "Tuesday, 2 July 2019" for 2019-07-02. */
export function dateInWords(date: string): string {
  return format("UTC", "fullDate").format(midnight(date));
}

/** "Tue 2 July" for 2019-07-02: a date near the one that is in view. */
export function shortDate(date: string): string {
  const at = midnight(date);
  return `${format("UTC", "weekday").format(at)} ${format("UTC", "dayAndMonth").format(at)}`;
}

/** "14:05": the time of day of an instant in a time zone. */
export function timeOfDay(at: Date | number, timeZone: string): string {
  return format(timeZone, "clock").format(at).slice(0, 5);
}

/** "Asia/Shanghai, UTC+8": the zone and its offset at an instant. */
export function zoneLabel(timeZone: string, at: Date): string {
  return `${timeZone}, ${offsetLabel(timeZone, at)}`;
}

/** The same of what is in view; null where it lies in several time zones. */
export function zoneInView(timeZone: string | null, at: Date): string {
  return timeZone === null ? "each facility’s own time zone" : zoneLabel(timeZone, at);
}

/** "2019-07-02 23:58:00 (UTC+8)". */
export function exactTime(iso: string, timeZone: string): string {
  const at = new Date(iso);
  const clock = format(timeZone, "clock").format(at);
  return `${localDate(at, timeZone)} ${clock} (${offsetLabel(timeZone, at)})`;
}

function offsetLabel(timeZone: string, at: Date): string {
  const parts = format(timeZone, "offset").formatToParts(at);
  const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "UTC";
  // Lines break after a hyphen, not after a minus sign.
  return name.replace("GMT", "UTC").replace("-", "−");
}

/** "3 May 2024, 14:05:09 Asia/Shanghai"; milliseconds since 1970. */
export function exactIn(at: number, timeZone: string): string {
  return `${format(timeZone, "exact").format(at)} ${timeZone}`;
}

const DAY_MS = 86_400_000;
const LONGEST_DAY_MS = 26 * 3_600_000;

/** "14:05" for today, "3 May 14:05" before; milliseconds since 1970. */
export function timeIn(at: number, timeZone: string, now: number): string {
  const clock = timeOfDay(at, timeZone);
  const isToday = now - at < DAY_MS && localDate(at, timeZone) === localDate(now, timeZone);
  return isToday ? clock : `${format(timeZone, "day").format(at)} ${clock}`;
}

/** When the local date of an instant began in a time zone; both in milliseconds since 1970. */
export function startOfDay(at: number, timeZone: string): number {
  const today = localDate(at, timeZone);
  let [before, within] = [at - LONGEST_DAY_MS, at];
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (localDate(middle, timeZone) === today) within = middle;
    else before = middle;
  }
  return within;
}
