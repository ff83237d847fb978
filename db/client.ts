import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import * as schema from "@/db/schema";

export type Database = PostgresJsDatabase<typeof schema>;
/** A database or an open transaction: what verbs and reads take. */
export type Connection = Pick<
  Database,
  "select" | "selectDistinct" | "insert" | "update" | "delete" | "execute" | "transaction" | "query"
>;
export type { Sql };

const common = {
  onnotice: () => {},
  connect_timeout: 5,
  // Seconds between attempts: a database that is back is used within half a second.
  backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 0.5),
  // A connection that the server lost must not be waited for longer than a person would.
  connection: { statement_timeout: 30_000, idle_in_transaction_session_timeout: 30_000 },
} as const;

/** The pool that pages and management use. */
export function connectDatabase(databaseUrl: string, maxConnections = 10) {
  const sql = postgres(databaseUrl, { ...common, max: maxConnections, idle_timeout: 60 });
  return { sql, db: drizzle(sql, { schema }) as Database };
}

/**
 * The pool of the ingestion lanes: plain postgres.js with prepared statements, apart from the other
 * one so that a long report can't hold up a reading.
 */
export function connectIngest(databaseUrl: string, maxConnections = 5): Sql {
  return postgres(databaseUrl, {
    ...common,
    max: maxConnections,
    connection: { ...common.connection, statement_timeout: 15_000 },
  });
}
