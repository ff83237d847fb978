import { type FieldErrors, Problem } from "@/lib/domain/values/problem";
import type { Actor } from "@/lib/server/context";
import { networkOf } from "@/lib/server/limits/rate-limits";
import { runtime } from "@/lib/server/runtime";
import { DEVICE_NOT_FOUND, type IngestCall, type Message } from "./ingest-calls";
import type { IngestRow, Outcome } from "./ingest-row";
import type { Place } from "./queue-room";

/** What is said of a row that was not stored. */
export const OUTCOME_ERRORS: Record<Exclude<Outcome, "created" | "busy">, FieldErrors> = {
  duplicate: { timestamp: ["Duplicate: this message is stored already."] },
  unknown_device: { device_code: [DEVICE_NOT_FOUND] },
  failed: { row: ["Could not be stored. The server logged why."] },
};

/** Who shares the queue and the event loop with others: a key at an address. */
export function senderOf({ kind, id, address }: Actor): string {
  return `${kind} ${id} ${networkOf(address)}`;
}

/** The runtime with the devices in memory. @throws when the database is away */
export async function readyRuntime() {
  const ready = runtime();
  await ready.registry.start();
  return ready;
}

/**
 * Puts rows into the queue of their kind and waits for their commit.
 * @returns the outcome of each row
 * @throws Problem 503 when there is no room, or when not all rows could be stored yet: sent again, rows
 *   that are stored already come back as duplicates
 */
export async function storeRows<M extends Message, Row extends IngestRow>(
  call: IngestCall<M, Row>,
  rows: Row[],
  sender: string,
  place?: Place,
): Promise<Exclude<Outcome, "busy">[]> {
  const outcomes = await call.lane(runtime()).submit(rows, sender, place);
  if (outcomes.includes("busy")) {
    throw new Problem(503, "Not all rows could be stored yet. Send again shortly.", {
      headers: { "Retry-After": "5" },
    });
  }
  return outcomes as Exclude<Outcome, "busy">[];
}
