import postgres from "postgres";
import { connectDatabase } from "@/db/client";
import { type Context, SYSTEM } from "@/lib/server/context";
import { demoActor, makeDemoUser } from "@/lib/server/demo/demo-user";
import { makeDemoEstate } from "@/lib/server/demo/make-demo-estate";
import { makeSession, makeUser } from "./accounts";
import { type RunningServer, startServer } from "./server";

/** A server with the demo's estate: every page has something to show. */
export type DemoServer = { url: string; databaseUrl: string; server: RunningServer; token: string };

/** Enough for a week to compare with; four weeks take four times as long to make. */
const HISTORY_DAYS = 8;

/** Makes the demo in an empty, migrated database, and starts a server on it. */
export async function demoServer(databaseUrl: string): Promise<DemoServer> {
  const pool = connectDatabase(databaseUrl, 4);
  const sql = postgres(databaseUrl, { max: 4, onnotice: () => {} });
  try {
    const context: Context = { db: pool.db, actor: SYSTEM, now: new Date() };
    await makeDemoUser(context);
    const actor = await demoActor(context);
    await makeDemoEstate({ ...context, actor }, { sql, historyDays: HISTORY_DAYS });
    const token = await makeSession(sql, await makeUser(sql, "admin", { name: "Ada Lane" }));
    // What no one sends would be silent after two minutes; pages are looked at as they are now.
    const server = await startServer({ kind: "gateway", databaseUrl, env: { RUN_JOBS: "false" } });
    return { url: server.url, databaseUrl, server, token };
  } finally {
    await Promise.all([pool.sql.end(), sql.end()]);
  }
}
