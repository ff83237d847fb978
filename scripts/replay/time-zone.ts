import { parseTimestamp } from "@/lib/domain/messages/timestamp";

/** A facility's time zone and where it comes from. */
export type ChosenZone = { timeZone: string; why: string };

const OFFSET = /([+-])(\d{2}):?(\d{2})?$/;
/** The zones Etc/GMT+12 to Etc/GMT-14 are all that have a fixed offset. */
const LARGEST_OFFSET_MINUTES = { behind: 12 * 60, ahead: 14 * 60 };

/**
 * The offset that a timestamp bears.
 * @returns minutes ahead of UTC, 0 without an offset, null when the text is no timestamp
 */
export function offsetMinutesOf(timestamp: string): number | null {
  const text = timestamp.trim();
  if (parseTimestamp(text) === null) return null;
  // Without a time a date's day would read as an offset, but then it is no timestamp.
  const match = OFFSET.exec(text);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === "-" ? 0 - minutes : minutes;
}

/** "+08:00" for 480. */
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** The IANA zone that always has an offset; their signs are the other way round. */
export function fixedZone(minutes: number): string | null {
  if (minutes === 0) return "UTC";
  const { behind, ahead } = LARGEST_OFFSET_MINUTES;
  if (minutes % 60 !== 0 || minutes < -behind || minutes > ahead) return null;
  return `Etc/GMT${minutes > 0 ? "-" : "+"}${Math.abs(minutes / 60)}`;
}

/**
 * Chooses a facility's time zone: what is given for it, else for all, else the one offset of its
 * timestamps, else UTC.
 * @param offsets those of its timestamps, minutes ahead of UTC
 */
export function chooseZone(
  column: string | undefined,
  option: string | undefined,
  offsets: ReadonlySet<number>,
): ChosenZone {
  if (column) return { timeZone: column, why: "given by the devices file" };
  if (option) return { timeZone: option, why: "given by --time-zone" };
  const [first, ...others] = [...offsets].sort((a, b) => a - b);
  if (first === undefined) {
    return { timeZone: "UTC", why: "no timestamp shows another; --time-zone sets it" };
  }
  if (others.length > 0) {
    const texts = [first, ...others].map(offsetText).join(", ");
    return { timeZone: "UTC", why: `the timestamps bear ${texts}; --time-zone sets it` };
  }
  const timeZone = fixedZone(first);
  if (timeZone) return { timeZone, why: `all timestamps bear ${offsetText(first)}` };
  const why = `no zone has the fixed offset ${offsetText(first)}; --time-zone sets it`;
  return { timeZone: "UTC", why };
}
