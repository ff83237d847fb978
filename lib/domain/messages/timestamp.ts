import { z } from "zod";

/** How far ahead of the server's clock a message may be, in milliseconds (fixed rule). */
export const FUTURE_TOLERANCE_MS = 60_000;

/** Messages from before this instant are refused: no parking device is that old. */
export const EARLIEST_TIMESTAMP_MS = Date.UTC(2000, 0, 1);

const ISO_8601 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:([Zz])|([+-])(\d{2}):?(\d{2})?)?$/;

/**
 * Reads an ISO 8601 date and time in the extended calendar format; without an offset it is UTC.
 * Digits finer than a millisecond are cut off (docs/api.md, "Timestamps").
 * @returns milliseconds since 1970, or null when the text is no existing instant
 */
export function parseTimestamp(text: string): number | null {
  const match = ISO_8601.exec(text);
  if (!match) return null;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  const hour = Number(match[4]);
  const minute = Number(match[5]);
  const second = Number(match[6] ?? 0);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const milliseconds = match[7] ? Number(match[7].slice(0, 3).padEnd(3, "0")) : 0;
  // Date.UTC takes the years 0 to 99 for 1900 to 1999; the calendar repeats every 400 years.
  const local = Date.UTC(year + 400, month - 1, day, hour, minute, second, milliseconds);
  const offset = offsetMs(match[9], match[10], match[11]);
  return offset === null ? null : local - MS_OF_400_YEARS - offset;
}

const MS_OF_400_YEARS = Date.UTC(2400, 0, 1) - Date.UTC(2000, 0, 1);
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : DAYS_IN_MONTH[month - 1]!;
}

function offsetMs(sign = "+", hours = "0", minutes = "0"): number | null {
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === "-" ? -size : size;
}

/** What is wrong with a text that `parseTimestamp` does not read; docs/api.md says which it reads. */
export const NO_TIMESTAMP = "Must be an ISO 8601 date and time, such as 2026-03-01T10:00:00Z.";

/** The moment of a message: ISO 8601 text on the wire, milliseconds since 1970 in the code. */
export const Timestamp = z
  .string({ error: (issue) => (issue.input === undefined ? "Required." : "Must be text.") })
  .max(64, NO_TIMESTAMP)
  .transform((text, context) => {
    const ms = parseTimestamp(text.trim());
    if (ms !== null) return ms;
    context.addIssue({ code: "custom", message: NO_TIMESTAMP });
    return z.NEVER;
  });

/**
 * Whether the server takes a message of this time.
 * @param timestamp and `now` in milliseconds since 1970
 * @returns what is wrong with it, or null
 */
export function timestampError(timestamp: number, now: number): string | null {
  if (timestamp > now + FUTURE_TOLERANCE_MS) return "Must not be more than 60 s in the future.";
  if (timestamp < EARLIEST_TIMESTAMP_MS) return "Must not be before 2000-01-01.";
  return null;
}
