import { Cron } from "croner";
import { monthOf, PARTITIONED_TABLES } from "@/db/partitions";
import { checkOffline, OFFLINE_CHECK } from "@/lib/server/alerts/check-offline";
import { log } from "@/lib/server/log";
import type { Runtime } from "@/lib/server/runtime";
import { recordHealth } from "./record-health";
import { runJob } from "./run-job";

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

/** A job that missed more than this many runs in a row was not being run at all. */
const MISSED_RUNS = 3;

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
        const run = runOnTime(job, runtime).finally(() => running.delete(run));
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

async function runOnTime(job: Job, runtime: Runtime): Promise<void> {
  try {
    const { name, everySeconds } = job;
    const timer = { everySeconds, onlyWhenDue: true, gapSeconds: everySeconds * MISSED_RUNS };
    const result = await runJob(runtime.db, name, timer, () => job.run(runtime));
    log().debug({ job: name, result }, "job run");
  } catch (error) {
    // It runs again at its next time; what it would have done is not lost, only late.
    log().error({ err: error, job: job.name }, "job failed");
  }
}
