import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";

/**
 * Whether the product can do its work: the database answers.
 * @throws what the driver says when it does not
 */
export async function readHealth({ db, now }: Context) {
  await db.execute(sql`select 1`);
  return { status: "ok", time: now.toISOString() };
}
