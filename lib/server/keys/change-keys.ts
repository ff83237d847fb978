import { sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import type { Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { KEY_CHANNEL } from "@/lib/server/notices/channels";
import { currentRuntime } from "@/lib/server/runtime";

/**
 * Runs a change of keys in one transaction. The process that answers knows of it when it answers;
 * the others hear of it with the commit.
 */
export async function changeKeys<T extends { id: number }>(
  { db, ...context }: Context,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const changed = await db.transaction(async (tx) => {
    const done = await work({ ...context, db: tx });
    await announceKey(tx, done.id);
    return done;
  });
  await rememberKey(changed.id);
  return changed;
}

/** Has this process read a key again whose change has been committed. */
export async function rememberKey(id: number): Promise<void> {
  const memory = currentRuntime()?.keys;
  await memory
    ?.refresh(String(id))
    .catch((error) => log().warn({ err: error }, "key not read again"));
}

/** Tells every process of a changed key, with the commit of the transaction that `db` is. */
export async function announceKey(db: Connection, id: number): Promise<void> {
  await db.execute(sql`select pg_notify(${KEY_CHANNEL}, ${String(id)})`);
}
