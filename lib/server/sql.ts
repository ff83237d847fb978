import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { Connection, Sql } from "@/db/client";

// What queries say alike. A name given as text is one of ours, never a part of a request.

const written = (what: string | SQLWrapper) => (typeof what === "string" ? sql.raw(what) : what);

/**
 * An instant in milliseconds since 1970, exact to the millisecond; null stays null. By way of a
 * float: numeric takes longer than the rest of a read of many rows.
 */
export function epochMs(instant: string | SQLWrapper): SQL {
  return sql`round(date_part('epoch', ${written(instant)}) * 1000)`;
}

/** An instant as ISO 8601 in UTC; null stays null. Cursors need all that the database keeps. */
export function isoUtc(instant: string | SQLWrapper, to: "ms" | "microseconds" = "ms"): SQL {
  const digits = sql.raw(to === "ms" ? "MS" : "US");
  return sql`to_char(${written(instant)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.${digits}"Z"')`;
}

/** A Postgres array of numbers and booleans as text; far cheaper than the driver's own. */
export function arrayLiteral(values: readonly (number | boolean | null)[]): string {
  return `{${values.map((value) => value ?? "NULL").join(",")}}`;
}

/** Ids as one parameter, however many they are. */
export const idList = (ids: readonly number[]) => sql`${arrayLiteral(ids)}::int[]`;

/** Words of ours as one parameter: names without commas, quotes or braces. */
export const wordList = (words: readonly string[]) => sql`${`{${words.join(",")}}`}::text[]`;

/** The condition that an alert is open: neither acknowledged nor resolved. @param alert its name */
export function openAlert(alert: string): SQL {
  return sql.raw(`(${alert}.resolved_at is null and ${alert}.acknowledged_at is null)`);
}

/** What runs a query: a database, or an open transaction of either driver. */
export type Runs = Pick<Connection, "execute">;

const dialect = new PgDialect();

/**
 * A transaction of ingestion, for writers that verbs call too. Numbers, texts and arrays in braces
 * go as they are; JSON goes as `::text::jsonb`.
 */
export function runsOf(tx: Sql): Runs {
  const execute = (query: SQLWrapper) => {
    const { sql: text, params } = dialect.sqlToQuery(query.getSQL());
    return tx.unsafe(text, params as string[], { prepare: true });
  };
  return { execute: execute as unknown as Runs["execute"] };
}
