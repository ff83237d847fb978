import { checkOffline, OFFLINE_CHECK, type OfflineCheck } from "@/lib/server/alerts/check-offline";
import type { Context } from "@/lib/server/context";
import type { JobCaller } from "./claim-job";
import { runJob } from "./run-job";

/** An outside scheduler calls every minute (vercel.json); one missed call is a gap. */
const SCHEDULER: JobCaller = { everySeconds: 60, onlyWhenDue: false, gapSeconds: 90 };

/**
 * The offline check for an outside scheduler. It runs at every call: the answer is what it found.
 * @throws when the database is unavailable
 */
export async function callOfflineCheck({ db }: Pick<Context, "db">): Promise<OfflineCheck> {
  // The clock is read after the run is noted, so that no gap ends later than the check looks.
  const check = () => checkOffline({ db, now: new Date() });
  return (await runJob(db, OFFLINE_CHECK, SCHEDULER, check))!;
}
