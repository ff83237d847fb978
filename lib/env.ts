import { z } from "zod";

const Env = z.object({
  /** Postgres 15 or newer; `npm start` sets it when it runs the embedded one. */
  DATABASE_URL: z.string().min(1, "DATABASE_URL is not set: start with `npm start`, or set it."),
  /** The scheduler's secret; without it the cron endpoint stays closed. */
  CRON_SECRET: z.string().min(1).optional(),
  /** Whether this process takes its turn at the recurring jobs. */
  RUN_JOBS: z.stringbool().default(true),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("warn"),
});
export type Env = z.infer<typeof Env>;

let checked: Env | undefined;

/**
 * The configuration, checked at its first use.
 * @throws when a variable is missing or malformed; the message names it and holds no value
 */
export function env(): Env {
  if (!checked) {
    const result = Env.safeParse(process.env);
    if (!result.success) throw new Error(z.prettifyError(result.error));
    checked = result.data;
  }
  return checked;
}
