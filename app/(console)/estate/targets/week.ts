import { addDays } from "@/lib/domain/values/dates";
import type { GridDay } from "../_components/targets/target-grid";

/** The Monday of the week that a date is in. */
export function mondayOf(date: string): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return addDays(date, -((weekday + 6) % 7));
}

/** The days of a week as its table calls them. */
export function daysOf(monday: string, today: string): GridDay[] {
  return Array.from({ length: 7 }, (_, day) => {
    const date = addDays(monday, day);
    return {
      date,
      short: inWords(date, { weekday: "short", day: "numeric", month: "short" }),
      shortest: inWords(date, { weekday: "short", day: "numeric" }),
      long: inWords(date, { weekday: "long", day: "numeric", month: "long" }),
      isToday: date === today,
    };
  });
}

/** "2–8 March 2026". */
export function weekInWords(monday: string): string {
  const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
  const words = format.formatRange(at(monday), at(addDays(monday, 6)));
  // Between two bare numbers the dash stands without spaces.
  return words.replace(/^(\d+)\s–\s(\d+ )/, "$1–$2");
}

const at = (date: string) => new Date(`${date}T00:00:00Z`);
const inWords = (date: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(at(date));
