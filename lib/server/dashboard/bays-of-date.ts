import { type SQL, sql } from "drizzle-orm";

/**
 * Whether a device is one of the bays that a date counts: it was there by then, that is, created or
 * first heard before the date ended, and in use until its end. The query names devices d, zones z
 * and facilities f. Why: docs/decisions/history-keeps-its-bays.md.
 * @param dayEnd the instant at which the next date begins
 * @param heard whether a message of it bears a time before that, also where it was created later
 */
export function isBayOfDate(dayEnd: SQL, heard: SQL): SQL {
  return sql`(coalesce(least(d.retired_at, z.retired_at, f.retired_at) >= ${dayEnd}, true)
    and (d.created_at < ${dayEnd} or ${heard}))`;
}
