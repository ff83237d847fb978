/** Kinds of days on which a parking facility is used differently. */
export const DAY_KINDS = ["weekday", "saturday", "sunday"] as const;
export type DayKind = (typeof DAY_KINDS)[number];

const DAY_MS = 86_400_000;
/** Clocks change on quarters of an hour: in between, the offset is the same. */
const QUARTER_MS = 900_000;

type Clock = { format: Intl.DateTimeFormat; offsets: Map<number, number> };
const clocks = new Map<string, Clock>();
const starts = new Map<string, number>();

/** How far the clocks of a time zone are ahead of UTC at an instant, in milliseconds. */
export function offsetMs(timeZone: string, at: number): number {
  const { format, offsets } = clockOf(timeZone);
  const quarter = Math.floor(at / QUARTER_MS);
  let offset = offsets.get(quarter);
  if (offset === undefined) {
    const instant = quarter * QUARTER_MS;
    const parts = format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]);
    const { year, month, day, hour, minute, second } = Object.fromEntries(parts);
    offset = Date.UTC(year, month - 1, day, hour, minute, second) - instant;
    offsets.set(quarter, offset);
  }
  return offset;
}

function clockOf(timeZone: string): Clock {
  let clock = clocks.get(timeZone);
  if (!clock) {
    const format = new Intl.DateTimeFormat("en-US", {
      ...{ timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
      ...{ hour: "numeric", minute: "numeric", second: "numeric" },
    });
    clock = { format, offsets: new Map() };
    clocks.set(timeZone, clock);
  }
  return clock;
}

/** The date of a time zone at an instant, YYYY-MM-DD. */
export function localDate(timeZone: string, at: number): string {
  return new Date(at + offsetMs(timeZone, at)).toISOString().slice(0, 10);
}

/** The instant at which a date begins by the clocks of its noon: on most days its midnight. */
export function startOfDay(timeZone: string, date: string): number {
  const key = `${timeZone} ${date}`;
  let start = starts.get(key);
  if (start === undefined) {
    const midnight = Date.parse(date);
    start = midnight - offsetMs(timeZone, midnight + DAY_MS / 2);
    starts.set(key, start);
  }
  return start;
}

export function dayKind(date: string): DayKind {
  const day = new Date(date).getUTCDay();
  if (day === 0) return "sunday";
  return day === 6 ? "saturday" : "weekday";
}
