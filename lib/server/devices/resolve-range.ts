import { type SQL, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { MOST_DAYS } from "@/lib/domain/values/dates";
import { invalidInput } from "@/lib/domain/values/problem";
import type { Bound } from "@/lib/server/scope/created-between";
import { epochMs } from "@/lib/server/sql";

/** A range of time, its end not in it; milliseconds since 1970. */
export type Range = {
  from: number;
  to: number;
  /** The local midnight at or before `from`, which buckets are counted from. */
  origin: number;
};

/** The clocks are set back once at most in that time, by three hours at most (Antarctica/Casey). */
const LONGEST_MS = (MOST_DAYS * 24 + 3) * 3_600_000;
/** What JavaScript and Postgres both take; nothing that is stored lies outside. */
const EARLIEST_MS = Date.parse("0001-01-02T00:00:00Z");
const LATEST_MS = Date.parse("9999-12-30T00:00:00Z");

/**
 * The instants of a range: dates are local ones, both included. Without an end it ends now, without
 * a beginning it is 24 h long; given the wrong way round it is swapped.
 * @throws Problem 400 for a range that is empty or longer than `MOST_DAYS`
 */
export async function resolveRange(
  db: Connection,
  timeZone: string,
  { from, to }: { from?: Bound; to?: Bound },
  now: Date,
): Promise<Range> {
  const last = endsOf(to ?? { instant: now.getTime() }, timeZone);
  const first = from ? endsOf(from, timeZone) : null;
  const [row] = await db.execute<Range>(sql`
    select ${epochMs(sql`r.from_at`)} as from, ${epochMs(sql`r.to_at`)} as to,
           ${epochMs(sql`date_trunc('day', r.from_at, ${timeZone})`)} as origin
    from (
      select ${first ? sql`least(${first.start}, ${last.start})` : sql`${last.end} - interval '24 hours'`}
               as from_at,
             ${first ? sql`greatest(${first.end}, ${last.end})` : last.end} as to_at
    ) r`);
  const range = row as Range;
  if (range.from >= range.to) {
    const skipped = from && to && "date" in from && "date" in to;
    throw invalidInput(
      skipped
        ? { from: [`The clocks of ${timeZone} skipped this date.`] }
        : { to: ["Must not be the same as from."] },
    );
  }
  if (range.to - range.from > LONGEST_MS) {
    throw invalidInput({ from: [`At most ${MOST_DAYS} days at once.`] });
  }
  return range;
}

/** An instant in milliseconds since 1970 for a query. */
export const instantOf = (ms: number) => sql`to_timestamp(${ms}::float8 / 1000)`;

function endsOf(bound: Bound, timeZone: string): { start: SQL; end: SQL } {
  if ("instant" in bound) {
    const at = instantOf(Math.min(Math.max(bound.instant, EARLIEST_MS), LATEST_MS));
    return { start: at, end: at };
  }
  // Where a time zone skipped the date, it begins and ends between its neighbours.
  const date = sql`${bound.date}::date`;
  return {
    start: sql`coalesce(local_day_start(${date}, ${timeZone}), local_day_start(${date} + 1, ${timeZone}))`,
    end: sql`coalesce(local_day_end(${date}, ${timeZone}), local_day_end(${date} - 1, ${timeZone}))`,
  };
}
