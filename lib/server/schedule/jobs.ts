import { Cron } from "croner";
import { monthOf, PARTITIONED_TABLES } from "@/db/partitions";
import { log } from "@/lib/server/log";
import type { Runtime } from "@/lib/server/runtime";
import { checkOffline, OFFLINE_CHECK } from "./check-offline";
import { claimJob, finishJob } from "./claim-job";
import { recordHealth } from "./record-health";

type Job = {
  name: string;
  cron: string;
  everySeconds: number;
  run(runtime: Runtime): Promise<unknown>;
};

export type Jobs = {
  /** Starts no further run and waits for those under way. */
  stop(): Promise<void>;
};

const JOBS: Job[] = [
  {
    name: OFFLINE_CHECK,
    cron: "*/15 * * * * *",
    everySeconds: 15,
    run: ({ db }) => checkOffline({ db, now: new Date() }),
  },
  {
    name: "health-snapshots",
    cron: "0 */5 * * * *",
    everySeconds: 300,
    run: ({ db }) => recordHealth({ db, now: new Date() }),
  },
  {
    // So that the first reading of a month needs not wait for its partition.
    name: "partitions-ahead",
    cron: "0 7 * * * *",
    everySeconds: 3600,
    run: async ({ partitions }) => {
      const month = monthOf(Date.now());
      for (const table of PARTITIONED_TABLES) await partitions.ensure(table, [month, month + 1]);
    },
  },
];

/** Starts the recurring jobs; of several processes on one database one runs each job each time. */
export function startJobs(runtime: Runtime): Jobs {
  const running = new Set<Promise<void>>();
  const crons = JOBS.map(
    (job) =>
      new Cron(job.cron, { protect: true }, () => {
        const run = runClaimed(job, runtime).finally(() => running.delete(run));
        running.add(run);
        return run;
      }),
  );
  const stop = async () => {
    for (const cron of crons) cron.stop();
    await Promise.all(running);
  };
  return { stop };
}

async function runClaimed(job: Job, runtime: Runtime): Promise<void> {
  try {
    if (!(await claimJob(runtime.db, job.name, job.everySeconds))) return;
    const result = await job.run(runtime);
    await finishJob(runtime.db, job.name);
    log().debug({ job: job.name, result }, "job done");
  } catch (error) {
    // It runs again at its next time; what it would have done is not lost, only late.
    log().error({ err: error, job: job.name }, "job failed");
  }
}
