import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { Problem } from "@/lib/domain/problem";
import type { Context } from "@/lib/server/context";

/** Whoever asks for health wants to know soon. */
const ANSWER_WITHIN_MS = 3_000;

/**
 * Whether the product can do its work: the database answers.
 * @throws what the driver says when it does not, Problem 503 when it says nothing
 */
export async function readHealth({ db, now }: Context) {
  const late = new AbortController();
  const tooLate = delay(ANSWER_WITHIN_MS, undefined, { signal: late.signal }).then(() => {
    throw new Problem(503, "The database does not answer.", { headers: { "Retry-After": "2" } });
  });
  try {
    await Promise.race([db.execute(sql`select 1`), tooLate]);
  } finally {
    late.abort();
    tooLate.catch(() => {});
  }
  return { status: "ok", time: now.toISOString() };
}
