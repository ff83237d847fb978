import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { problemDocument } from "@/lib/domain/values/problem";
import type { Context } from "@/lib/server/context";
import type { Answer } from "@/lib/server/http/answer";
import { log } from "@/lib/server/log";
import type { Runtime } from "@/lib/server/runtime";

/** Anyone who asks for health wants to know soon. */
const ANSWER_WITHIN_MS = 3_000;
/** A page waits longer before it calls the database unavailable: a busy one answers late. */
const ANSWER_PAGES_WITHIN_MS = 6_000;

type PartState = "ok" | "not ready";
/** The parts of the product that can fail on their own: `ingestion` stores what devices send. */
export const PRODUCT_PARTS = ["database", "ingestion"] as const;
export type ProductPart = (typeof PRODUCT_PARTS)[number];

/**
 * Whether the product can do its work: 200 when the database answers and messages can be stored,
 * else 503 naming the parts that are not ready. Why, only the log says.
 * @param parts what to look at; pages ask for the database alone, which costs no trial
 */
export async function readHealth(
  { db, now }: Context,
  runtime: Runtime,
  parts: readonly ProductPart[] = PRODUCT_PARTS,
): Promise<Answer> {
  const withinMs = parts === PRODUCT_PARTS ? ANSWER_WITHIN_MS : ANSWER_PAGES_WITHIN_MS;
  const looks = { database: () => answers(db, withinMs), ingestion: () => canStore(runtime) };
  const found = await Promise.all(
    parts.map(async (part) => [part, stateOf(await looks[part]())] as const),
  );
  const states = Object.fromEntries(found);
  const lacking = parts.filter((part) => states[part] !== "ok");
  if (lacking.length === 0) {
    return { status: 200, body: { status: "ok", time: now.toISOString(), parts: states } };
  }
  const problem = problemDocument(503, `Not ready: ${lacking.join(", ")}.`);
  return { status: 503, body: { ...problem, parts: states }, headers: { "Retry-After": "2" } };
}

const stateOf = (isReady: boolean): PartState => (isReady ? "ok" : "not ready");

async function canStore({ telemetry, parkingLogs, writePath }: Runtime): Promise<boolean> {
  if (telemetry.isFull || parkingLogs.isFull) return false;
  return writePath.isReady();
}

/** Whether the database answers a question in time. */
async function answers(db: Context["db"], withinMs: number): Promise<boolean> {
  const late = new AbortController();
  const tooLate = delay(withinMs, false, { signal: late.signal });
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
