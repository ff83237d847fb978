import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { problemDocument } from "@/lib/domain/problem";
import type { Context } from "@/lib/server/context";
import type { Answer } from "@/lib/server/http/answer";
import { log } from "@/lib/server/log";
import type { Runtime } from "@/lib/server/runtime";

/** Anyone who asks for health wants to know soon. */
const ANSWER_WITHIN_MS = 3_000;

type PartState = "ok" | "not ready";
/** Which parts of the product can do their work: `ingestion` stores what devices send. */
export type HealthParts = { database: PartState; ingestion: PartState };

/**
 * Whether the product can do its work: 200 when the database answers and messages can be stored,
 * else 503 naming the parts that are not ready. Why, only the log says.
 */
export async function readHealth({ db, now }: Context, runtime: Runtime): Promise<Answer> {
  const [database, ingestion] = await Promise.all([answers(db), canStore(runtime)]);
  const parts: HealthParts = { database: stateOf(database), ingestion: stateOf(ingestion) };
  const lacking = Object.entries(parts).flatMap(([part, state]) => (state === "ok" ? [] : part));
  if (lacking.length === 0) {
    return { status: 200, body: { status: "ok", time: now.toISOString(), parts } };
  }
  const problem = problemDocument(503, `Not ready: ${lacking.join(", ")}.`);
  return { status: 503, body: { ...problem, parts }, headers: { "Retry-After": "2" } };
}

const stateOf = (isReady: boolean): PartState => (isReady ? "ok" : "not ready");

async function canStore({ telemetry, parkingLogs, writePath }: Runtime): Promise<boolean> {
  if (telemetry.isFull || parkingLogs.isFull) return false;
  return writePath.isReady();
}

/** Whether the database answers a question in time. */
async function answers(db: Context["db"]): Promise<boolean> {
  const late = new AbortController();
  const tooLate = delay(ANSWER_WITHIN_MS, false, { signal: late.signal });
  tooLate.catch(() => {});
  const answer = db.execute(sql`select 1`).then(
    () => true,
    (error) => {
      log().warn({ err: error }, "the database does not answer");
      return false;
    },
  );
  return Promise.race([answer, tooLate]).finally(() => late.abort());
}
