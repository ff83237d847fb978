/** The calendar date of an instant in a time zone, YYYY-MM-DD. */
export function localDate(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "iso8601",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(at);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}

/** "Tuesday, 2 July 2019" for 2019-07-02. */
export function dateInWords(date: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "UTC" }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/** "Tue 2 July" for 2019-07-02: a date near the one that is in view. */
export function shortDate(date: string): string {
  const at = new Date(`${date}T00:00:00Z`);
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options }).format(at);
  return `${part({ weekday: "short" })} ${part({ day: "numeric", month: "long" })}`;
}

/** "14:05": the time of day of an instant in a time zone. */
export function timeOfDay(at: Date, timeZone: string): string {
  return clockTime(at, timeZone).slice(0, 5);
}

/** "Asia/Shanghai, UTC+8": the zone and its offset at an instant. */
export function zoneLabel(timeZone: string, at: Date): string {
  return `${timeZone}, ${offsetLabel(timeZone, at)}`;
}

/** "2019-07-02 23:58:00 (UTC+8)". */
export function exactTime(iso: string, timeZone: string): string {
  const at = new Date(iso);
  return `${localDate(at, timeZone)} ${clockTime(at, timeZone)} (${offsetLabel(timeZone, at)})`;
}

function clockTime(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "medium" }).format(at);
}

function offsetLabel(timeZone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    timeZoneName: "shortOffset",
  }).formatToParts(at);
  const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "UTC";
  // Lines break after a hyphen, not after a minus sign.
  return name.replace("GMT", "UTC").replace("-", "−");
}
