import { sql } from "drizzle-orm";
import type { Connection } from "@/db/client";

/** Who starts a run, and how often they do. */
export type JobCaller = {
  everySeconds: number;
  /** Starts only when the last run, of any process, is `everySeconds` ago; otherwise always. */
  onlyWhenDue: boolean;
  /** So many seconds without a run mean that nothing was listening, not that a run was late. */
  gapSeconds: number;
};

/**
 * Notes that a run of a recurring job starts now, by the database's clock, and since when the job
 * had not run if that is longer ago than it should be.
 * @returns whether this caller is to run it now
 */
export async function claimJob(
  db: Connection,
  name: string,
  { everySeconds, onlyWhenDue, gapSeconds }: JobCaller,
): Promise<boolean> {
  const isGap = sql`j.last_started_at < excluded.last_started_at - make_interval(secs => ${gapSeconds})`;
  // A second of leeway: clocks of processes tick a little apart.
  const isDue = sql`j.last_started_at
    <= excluded.last_started_at - make_interval(secs => ${everySeconds - 1})`;
  const claimed = await db.execute(sql`
    insert into scheduled_jobs as j (name, last_started_at) values (${name}, now())
    on conflict (name) do update
    set last_started_at = greatest(j.last_started_at, excluded.last_started_at),
        gap_from = case when ${isGap} then j.last_started_at else j.gap_from end,
        gap_to = case when ${isGap} then excluded.last_started_at else j.gap_to end
    where ${onlyWhenDue ? isDue : sql`true`}
    returning name`);
  return claimed.length > 0;
}

/** Notes that a claimed run has ended well. */
export async function finishJob(db: Connection, name: string): Promise<void> {
  await db.execute(sql`update scheduled_jobs set last_finished_at = now() where name = ${name}`);
}
