import type { Connection, Sql } from "@/db/client";
import { type Runs, runsOf } from "./sql";

/**
 * Runs reads of one snapshot, so that they agree with each other. Their statements stay prepared on
 * the connection, with one plan for all parameters: to plan them again takes a third of their time.
 * @param db the process's database, not a transaction
 */
export async function readSnapshot<T>(db: Connection, read: (db: Runs) => Promise<T>): Promise<T> {
  const { $client } = db as unknown as { $client: Sql };
  const result = await $client.begin("isolation level repeatable read read only", async (tx) => {
    // Sent before the first read, which it is for; it is not waited for.
    const set = tx`set local plan_cache_mode = force_generic_plan`.execute();
    const [found] = await Promise.all([read(runsOf(tx as unknown as Sql)), set]);
    return found;
  });
  return result as T;
}
