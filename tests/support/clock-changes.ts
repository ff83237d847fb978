import type { Sql } from "postgres";

/** A change of the clocks: the instant, and what the clock showed a minute before and then. */
export type ClockChange = { time_zone: string; at: string; before: string; after: string };

/**
 * Every change of the clocks since 2000, of all time zones of the IANA list, found by looking at the
 * clock of Postgres alone. Of zones whose clocks change alike one is named.
 */
export async function findClockChanges(sql: Sql): Promise<ClockChange[]> {
  const names = Intl.supportedValuesOf("timeZone");
  return sql<ClockChange[]>`
    with recursive zone as (
      select name from pg_timezone_names where name = any(${names})
    ), step as (
      select name, t as lo, t + interval '72 hours' as hi
      from zone, generate_series('2000-01-01Z'::timestamptz, '2027-01-01Z', interval '72 hours') t
    ), change as (
      select * from step
      where (lo at time zone name) - (lo at time zone 'UTC')
         <> (hi at time zone name) - (hi at time zone 'UTC')
      union all
      select c.name, case when same then middle else lo end, case when same then hi else middle end
      from change c
      cross join lateral (
        select date_trunc('minute', lo + (hi - lo) / 2) as middle
      ) m
      cross join lateral (
        select (lo at time zone c.name) - (lo at time zone 'UTC')
             = (middle at time zone c.name) - (middle at time zone 'UTC') as same
      ) s
      where hi - lo > interval '1 minute'
    )
    select min(name) as time_zone, to_json(hi) #>> '{}' as at,
           (hi - interval '1 minute') at time zone name || '' as before,
           hi at time zone name || '' as after
    from change where hi - lo = interval '1 minute'
    group by hi, (hi - interval '1 minute') at time zone name, hi at time zone name
    order by hi`;
}

/** Those at which a local date comes back, or is missing. */
export function withOddDates(changes: ClockChange[]): ClockChange[] {
  const day = (local: string) => Date.parse(local.slice(0, 10)) / 86_400_000;
  return changes.filter(({ before, after }) => {
    const step = day(after) - day(before);
    return step < 0 || step > 1;
  });
}
