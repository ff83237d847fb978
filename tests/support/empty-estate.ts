import { connectDatabase } from "@/db/client";
import { type Context, SYSTEM } from "@/lib/server/context";
import { createTestDatabase } from "./database";

/** A database with nothing in it, and verbs' contexts at any time. */
export type EmptyEstate = Awaited<ReturnType<typeof emptyEstate>>;

export async function emptyEstate() {
  const database = await createTestDatabase();
  const pool = connectDatabase(database.url, 4);
  const context = (now: number): Context => ({ db: pool.db, actor: SYSTEM, now: new Date(now) });
  const drop = async () => {
    await pool.sql.end();
    await database.drop();
  };
  return { ...database, context, drop };
}
