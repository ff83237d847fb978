import { sql } from "drizzle-orm";
import type { Connection } from "@/db/client";

/** A job that missed more than this many runs in a row was not being run at all. */
const MISSED_RUNS = 3;

/**
 * Claims the next run of a recurring job, by the database's clock, and notes when nobody had run it
 * for a while.
 * @returns whether this process is the one of all that share the database to run it now
 */
export async function claimJob(
  db: Connection,
  name: string,
  everySeconds: number,
): Promise<boolean> {
  const isGap = sql`j.last_started_at
    < excluded.last_started_at - make_interval(secs => ${everySeconds * MISSED_RUNS})`;
  // A second of leeway: clocks of processes tick a little apart.
  const claimed = await db.execute(sql`
    insert into scheduled_jobs as j (name, last_started_at) values (${name}, now())
    on conflict (name) do update
    set last_started_at = excluded.last_started_at,
        gap_from = case when ${isGap} then j.last_started_at else j.gap_from end,
        gap_to = case when ${isGap} then excluded.last_started_at else j.gap_to end
    where j.last_started_at <= excluded.last_started_at - make_interval(secs => ${everySeconds - 1})
    returning name`);
  return claimed.length > 0;
}

/** Notes that a claimed run has ended well. */
export async function finishJob(db: Connection, name: string): Promise<void> {
  await db.execute(sql`update scheduled_jobs set last_finished_at = now() where name = ${name}`);
}
