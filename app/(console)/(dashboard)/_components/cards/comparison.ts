import { shortDate, timeOfDay } from "@/app/_ui/words/local-time";
import type { WeekBefore } from "@/lib/server/dashboard/read-week-before";
import type { LoadedDay } from "../../load";

/** What a day is compared with, and its name: "Tue 7 May", "Tue 7 May by 14:05". */
export type Comparison = {
  before: WeekBefore;
  /** "Tue 7 May": the date alone. */
  date: string;
  /** With the time of day that its figures go to. */
  name: string;
};

/** @returns null for a date to come: there is nothing yet to compare */
export function comparisonOf({ weekBefore, timeZone }: LoadedDay, now: Date): Comparison | null {
  if (!weekBefore) return null;
  const date = shortDate(weekBefore.date);
  if (!weekBefore.up_to_now) return { before: weekBefore, date, name: date };
  const time = timeZone ? `by ${timeOfDay(now, timeZone)}` : "by the same local time";
  return { before: weekBefore, date, name: `${date} ${time}` };
}
