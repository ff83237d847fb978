import { relativeTime, utcTime } from "./relative-age";

/**
 * When something was or will be: relative, the exact time in UTC beside the pointer.
 * @param iso ISO 8601 in UTC
 * @param now the server's clock, milliseconds since 1970
 */
export function Moment({ iso, now }: { iso: string; now: number }) {
  return (
    <time dateTime={iso} title={utcTime(iso)}>
      {relativeTime(Date.parse(iso), now)}
    </time>
  );
}
