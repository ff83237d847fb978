import { connect } from "node:net";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import * as estate from "@/db/schema";
import * as access from "@/db/schema-access";

const schema = { ...estate, ...access };

if (!("survivesLostConnections" in postgres)) {
  throw new Error(
    "The database driver lacks the corrections in patches/: run `node scripts/lifecycle/patches.mjs`.",
  );
}

export type Database = PostgresJsDatabase<typeof schema>;
/** A database or an open transaction: what verbs and reads take. */
export type Connection = Pick<
  Database,
  "select" | "selectDistinct" | "insert" | "update" | "delete" | "execute" | "transaction" | "query"
>;
export type { Sql };

/**
 * Postgres.js option: ends a connection on which a question stays unanswered. The server or the
 * network is frozen then, and Postgres's own timeouts, which live in the server, are never heard of.
 */
const answeringWithin = (milliseconds: number): object => ({
  socket: ({ path, host, port }: { path?: string | false; host: string[]; port: number[] }) => {
    const socket = path ? connect(path) : connect(port[0] ?? 5432, host[0]);
    let writtenWhenAnswered = 0;
    socket.on("data", () => {
      writtenWhenAnswered = socket.bytesWritten;
    });
    socket.setTimeout(milliseconds, () => {
      if (socket.bytesWritten === writtenWhenAnswered) return;
      socket.destroy(Object.assign(new Error("the database is silent"), { code: "ETIMEDOUT" }));
    });
    // The driver checks a certificate against this name.
    return Object.assign(socket, { host: host[0], port: port[0] });
  },
});

/** Longer than the statements of each pool may take; a recount of a long history takes a while. */
const APP_SILENCE_MS = 120_000;
const INGEST_SILENCE_MS = 18_000;

/** Longer than any flush holds a lock; who waits longer waits for a rearrangement of the estate. */
const LOCK_WAIT_MS = 2_000;

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
  const sql = postgres(databaseUrl, {
    ...common,
    ...answeringWithin(APP_SILENCE_MS),
    max: maxConnections,
    idle_timeout: 60,
  });
  return { sql, db: drizzle(sql, { schema }) as Database };
}

/**
 * The pool of the ingestion lanes: plain postgres.js with prepared statements, apart from the other
 * one so that a long report can't hold up a reading.
 */
export function connectIngest(databaseUrl: string, maxConnections = 5): Sql {
  return postgres(databaseUrl, {
    ...common,
    ...answeringWithin(INGEST_SILENCE_MS),
    max: maxConnections,
    connection: { ...common.connection, statement_timeout: 15_000, lock_timeout: LOCK_WAIT_MS },
  });
}
