import type { LocalDate } from "./fields";

/** Dates that can hold data; arithmetic with them stays within four-digit years. */
export const EARLIEST_DATE = "2000-01-01";
export const LATEST_DATE = "2999-12-31";

/** The longest range whose readings are read at once. */
export const MOST_DAYS = 92;

/** Whether a text is a calendar date, YYYY-MM-DD; Postgres knows no year 0. */
export function isDate(text: string): text is LocalDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < "0001") return false;
  return !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
}

/** A date so many days later, YYYY-MM-DD. */
export function addDays(date: LocalDate, days: number): LocalDate {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** How many days a range holds, both ends included. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
}
