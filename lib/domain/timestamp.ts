import { z } from "zod";

/** How far ahead of the server's clock a message may be, in milliseconds (fixed rule). */
export const FUTURE_TOLERANCE_MS = 60_000;

/** Messages from before this instant are refused: no parking device is that old. */
export const EARLIEST_TIMESTAMP_MS = Date.UTC(2000, 0, 1);

const ISO_8601 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:([Zz])|([+-])(\d{2}):?(\d{2})?)?$/;

/**
 * Reads an ISO 8601 date and time; without an offset it is UTC. Digits finer than a millisecond
 * are cut off.
 * @returns milliseconds since 1970, or null when the text is no existing instant
 */
export function parseTimestamp(text: string): number | null {
  const match = ISO_8601.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const milliseconds = Math.floor(Number(`0.${match[7] ?? 0}`) * 1000 + 1e-9);
  const local = new Date(0);
  local.setUTCFullYear(year!, month! - 1, day!);
  local.setUTCHours(hour!, minute!, second!, milliseconds);
  const exists =
    local.getUTCFullYear() === year &&
    local.getUTCMonth() === month! - 1 &&
    local.getUTCDate() === day &&
    hour! < 24 &&
    minute! < 60 &&
    second! < 60;
  if (!exists) return null;
  return local.getTime() - offsetMs(match[9], match[10], match[11]);
}

function offsetMs(sign = "+", hours = "0", minutes = "0"): number {
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return Number(hours) > 23 || Number(minutes) > 59 ? Number.NaN : sign === "-" ? -size : size;
}

/** The moment of a message: ISO 8601 text on the wire, milliseconds since 1970 in the code. */
export const Timestamp = z
  .string({ error: (issue) => (issue.input === undefined ? "Required." : "Must be text.") })
  .max(64, "Must be an ISO 8601 date and time.")
  .transform((text, context) => {
    const ms = parseTimestamp(text.trim());
    if (ms !== null && !Number.isNaN(ms)) return ms;
    context.addIssue({ code: "custom", message: "Must be an ISO 8601 date and time." });
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
