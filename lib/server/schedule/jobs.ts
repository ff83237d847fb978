import { Cron } from "croner";
import { log } from "@/lib/server/log";
import type { Runtime } from "@/lib/server/runtime";

export type Jobs = { stop(): Promise<void> };

/** Starts the recurring jobs of this process. */
export function startJobs(_runtime: Runtime): Jobs {
  void Cron;
  void log;
  return { stop: async () => {} };
}
