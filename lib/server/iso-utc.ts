import { type SQL, sql } from "drizzle-orm";

/**
 * SQL that writes an instant as ISO 8601 in UTC, to the millisecond; null stays null.
 * @param column a name of ours, never of a request
 */
export function isoUtc(column: string): SQL {
  return sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
}
