const MS_OF_DAY = 86_400_000;
/** Where text is put together: strings made of parts are slow to write as JSON. */
const written = Buffer.from("0000-00-00T00:00:00.000Z", "latin1");
const DATE_LENGTH = 10;
const ZERO = 48;

let day = Number.NaN;

/**
 * An instant as ISO 8601 in UTC to the millisecond: what `Date.toISOString()` writes, in a quarter
 * of the time, for lists of thousands of instants that mostly lie on the same day.
 * @param ms whole milliseconds since 1970
 */
export function isoInstant(ms: number): string {
  const of = Math.floor(ms / MS_OF_DAY);
  if (of !== day && !startDay(of)) return new Date(ms).toISOString();
  const inDay = ms - of * MS_OF_DAY;
  const seconds = Math.floor(inDay / 1000);
  const millis = inDay - seconds * 1000;
  const hundreds = Math.floor(millis / 100);
  twoDigits(11, Math.floor(seconds / 3600));
  twoDigits(14, Math.floor(seconds / 60) % 60);
  twoDigits(17, seconds % 60);
  written[20] = ZERO + hundreds;
  twoDigits(21, millis - hundreds * 100);
  return written.toString("latin1");
}

/** @returns whether the year has four digits, as nearly all have */
function startDay(of: number): boolean {
  const [date = ""] = new Date(of * MS_OF_DAY).toISOString().split("T", 1);
  if (date.length !== DATE_LENGTH) return false;
  written.write(date, "latin1");
  day = of;
  return true;
}

function twoDigits(at: number, value: number): void {
  const tens = Math.floor(value / 10);
  written[at] = ZERO + tens;
  written[at + 1] = ZERO + value - tens * 10;
}
