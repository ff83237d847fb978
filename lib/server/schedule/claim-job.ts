import { sql } from "drizzle-orm";
import type { Connection } from "@/db/client";

/**
 * Claims the next run of a recurring job, by the database's clock.
 * @returns whether this process is the one of all that share the database to run it now
 */
export async function claimJob(
  db: Connection,
  name: string,
  everySeconds: number,
): Promise<boolean> {
  // A second of leeway: clocks of processes tick a little apart.
  const claimed = await db.execute(sql`
    insert into scheduled_jobs as j (name, last_started_at) values (${name}, now())
    on conflict (name) do update set last_started_at = excluded.last_started_at
    where j.last_started_at <= excluded.last_started_at - make_interval(secs => ${everySeconds - 1})
    returning name`);
  return claimed.length > 0;
}

/** Notes that a claimed run has ended well. */
export async function finishJob(db: Connection, name: string): Promise<void> {
  await db.execute(sql`update scheduled_jobs set last_finished_at = now() where name = ${name}`);
}
