/** A mark of a time axis: an instant in milliseconds since 1970, told in local time. */
export type TimeTick = { at: number; label: string };

const HOUR_MS = 3_600_000;
const STEPS_IN_HOURS = [1, 2, 3, 6, 12];

/**
 * Marks on whole local hours or, in long ranges, on local midnights. An hour that comes twice when
 * the clocks are set back is marked twice, told apart by its offset.
 * @param from and `to` in milliseconds since 1970
 */
export function timeTicks(from: number, to: number, timeZone: string, most: number): TimeTick[] {
  const local = localParts(timeZone);
  const hours = (to - from) / HOUR_MS;
  const step = STEPS_IN_HOURS.find((size) => hours / size <= most);
  const daysApart = Math.ceil(hours / 24 / most);
  const ticks: (TimeTick & { clock: string })[] = [];
  let day = "";
  let days = 0;
  for (let at = wholeHour(from, local); at < to; at = wholeHour(at + HOUR_MS, local)) {
    const { date, hour, offset } = local(at);
    // The first hour of a day: where the clocks are set forward then it is not midnight.
    const opens = date !== day && (hour === 0 || day !== "");
    day = date;
    if (opens) days += 1;
    if (step === undefined ? !opens || (days - 1) % daysApart !== 0 : hour % step !== 0) continue;
    const clock = `${String(hour).padStart(2, "0")}:00`;
    const again = ticks.at(-1)?.clock === clock && step !== undefined;
    ticks.push({ at, clock, label: opens ? date : again ? `${clock} (${offset})` : clock });
  }
  return ticks.map(({ at, label }) => ({ at, label }));
}

type LocalParts = { date: string; hour: number; minute: number; offset: string };

function localParts(timeZone: string): (at: number) => LocalParts {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "shortOffset",
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return {
      date: `${parts.get("day")} ${parts.get("month")}`,
      hour: Number(parts.get("hour")),
      minute: Number(parts.get("minute")),
      offset: (parts.get("timeZoneName") ?? "").replace("GMT", "UTC"),
    };
  };
}

/** The first instant at or after this one at which the local clock shows a whole hour. */
function wholeHour(from: number, local: (at: number) => LocalParts): number {
  const minute = Math.ceil(from / 60_000) * 60_000;
  const past = local(minute).minute;
  return past === 0 ? minute : minute + (60 - past) * 60_000;
}
