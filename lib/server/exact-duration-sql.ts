import { type SQL, sql } from "drizzle-orm";

/**
 * As `exactDuration` writes it, for texts that a statement makes.
 * @param seconds a positive integer column
 */
export function exactDurationSql(seconds: SQL): SQL {
  return sql`concat_ws(' ', nullif(${seconds} / 86400, 0) || ' d', nullif(${seconds} / 3600 % 24, 0) || ' h',
    nullif(${seconds} / 60 % 60, 0) || ' min', nullif(${seconds} % 60, 0) || ' s')`;
}
