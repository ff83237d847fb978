import { localDate, timeOfDay } from "@/app/_ui/words/local-time";

/** Where a time zone is on the axis of a day's hours; facilities of one time zone share a mark. */
export type NowMark = {
  /** "Harbor Mall", "Harbor Mall and 2 more". */
  name: string;
  /** "09:05"; null where the date is over there, or has not begun. */
  time: string | null;
  /** Hours of the axis that have passed, with their fraction. */
  hours: number;
};

type Facility = { name: string; time_zone: string };
type Day = { date: string; hourly_usage: readonly { hour: string }[] };

const HOUR_MS = 3_600_000;

/**
 * How far each time zone has come on a date, the farthest first. The hours of the axis are those of
 * the one place in view, counted from its midnight, or else hours of the clock.
 */
export function nowMarks(
  facilities: readonly Facility[],
  { date, hourly_usage: axis }: Day,
  now: Date,
): NowMark[] {
  const timeZones = [...new Set(facilities.map(({ time_zone }) => time_zone))];
  const begins = axis[0]?.hour ?? "";
  const marks = timeZones.map((timeZone): NowMark => {
    const [first, ...others] = facilities.filter(({ time_zone }) => time_zone === timeZone);
    const more = others.length > 0 ? ` and ${others.length} more` : "";
    const name = `${first!.name}${more}`;
    const today = localDate(now, timeZone);
    if (today !== date) return { name, time: null, hours: today < date ? 0 : axis.length };
    const time = timeOfDay(now, timeZone);
    const [hour, minute] = time.split(":").map(Number) as [number, number];
    const hasOffset = begins.length > 19;
    const hours = hasOffset ? (now.getTime() - Date.parse(begins)) / HOUR_MS : hour + minute / 60;
    return { name, time, hours };
  });
  return marks.sort((a, b) => b.hours - a.hours);
}

/** Whether an hour of the axis is over in every place. */
export const isOverEverywhere = (marks: readonly NowMark[], hour: number) =>
  marks.every(({ hours }) => hours >= hour + 1);

/** What a mark of a chart is called: its place, where there is more than one. */
export const nowLabel = (marks: readonly NowMark[], name: string) =>
  marks.length > 1 ? name : "Now";

/** "Now it is 15:05 in Danube Offices and 09:05 in Harbor Mall. The day is over in Minato Station." */
export function nowInWords(marks: readonly NowMark[]): string {
  const under = marks.filter(({ time }) => time !== null);
  const over = marks.filter(({ time, hours }) => time === null && hours > 0);
  const ahead = marks.filter(({ time, hours }) => time === null && hours === 0);
  const names = (some: readonly NowMark[]) => listed(some.map(({ name }) => name));
  return [
    under.length > 0 && `Now it is ${listed(under.map(({ name, time }) => `${time} in ${name}`))}.`,
    over.length > 0 && `The day is over in ${names(over)}.`,
    ahead.length > 0 && `It has not begun in ${names(ahead)}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

const listed = (words: string[]) => new Intl.ListFormat("en-GB").format(words);
