import { relativeTime, utcTime } from "./relative-age";

type MomentProps = {
  /** ISO 8601 in UTC. */
  iso: string;
  /** The server's clock, milliseconds since 1970. */
  now: number;
  /** The exact time in words, beside the pointer; in UTC without it. */
  exact?: string;
};

/** When something was or will be, relative to now. */
export function Moment({ iso, now, exact = utcTime(iso) }: MomentProps) {
  return (
    <time dateTime={iso} title={exact}>
      {relativeTime(Date.parse(iso), now)}
    </time>
  );
}
