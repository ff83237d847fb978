import type { Connection } from "@/db/client";
import { claimJob, finishJob, type JobCaller } from "./claim-job";

/**
 * Runs a recurring job: the one way, for the timer of this process and for an outside scheduler
 * alike, so that each notes when the job ran and when it did not.
 * @returns what the job returned; null when it was not due
 * @throws what the job threw; its run then counts as started and not as finished
 */
export async function runJob<T>(
  db: Connection,
  name: string,
  caller: JobCaller,
  work: () => Promise<T>,
): Promise<T | null> {
  if (!(await claimJob(db, name, caller))) return null;
  const result = await work();
  await finishJob(db, name);
  return result;
}
