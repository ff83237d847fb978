import { type SQL, sql } from "drizzle-orm";
import type { LocalDate } from "@/lib/domain/values/fields";

/**
 * A query of the hours of a date in each time zone of a relation `day(time_zone, day_start,
 * day_end)`: when each `starts` and `ends`, and its `label`, the beginning in ISO 8601 with its
 * offset. Hours count from the start of the day, as in `zone_hours`; those in which no instant bears
 * the date are left out.
 */
export const localHours = (date: LocalDate): SQL => sql`
  select day.time_zone, h.starts, h.starts + interval '1 hour' as ends,
         local_iso(h.starts, c.clock) as label
  from day
  cross join lateral generate_series(day.day_start, day.day_end - interval '1 microsecond',
    interval '1 hour') as h(starts)
  cross join lateral (
    select local_hour_clock(h.starts, ${date}::date, day.time_zone) as clock
  ) c
  where c.clock is not null`;
