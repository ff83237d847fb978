import pino from "pino";
import { env } from "@/lib/env";

const KEY = Symbol.for("smart-parking.log");
const shared = globalThis as { [KEY]?: pino.Logger };

/** The process's logger. Never give it request headers, bodies or configuration. */
export function log(): pino.Logger {
  shared[KEY] ??= pino({ level: env().LOG_LEVEL });
  return shared[KEY];
}
