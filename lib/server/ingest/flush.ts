import { isBadRow, isWorthRetrying } from "@/db/errors";
import { log } from "@/lib/server/log";
import type { RegisteredDevice } from "./device-registry";

/**
 * What became of a row. `busy`: its device is locked by a long rearrangement of the estate, try
 * again. `failed`: this row alone could not be stored, which is our fault.
 */
export type Outcome = "created" | "duplicate" | "unknown_device" | "busy" | "failed";

/** A row on its way into the database; `timestamp` in milliseconds since 1970. */
export type IngestRow = { device: RegisteredDevice; timestamp: number };

const MAX_DEADLOCKS = 4;

/**
 * Wraps a flush so that one bad row fails alone: a deadlock is tried again, and a flush that a bad
 * row spoilt is cut in halves until that row stands alone. An outage is thrown on.
 * @param forget drops what is remembered of the database, in case that was at fault (a partition
 *   that is there no more), before the whole flush is tried once more
 */
export function isolatingBadRows<Row>(
  flush: (rows: Row[]) => Promise<Outcome[]>,
  forget: () => void,
): (rows: Row[]) => Promise<Outcome[]> {
  const isolate = async (rows: Row[], tried: Tried): Promise<Outcome[]> => {
    try {
      return await flush(rows);
    } catch (error) {
      if (isWorthRetrying(error) && tried.deadlocks < MAX_DEADLOCKS) {
        return isolate(rows, { ...tried, deadlocks: tried.deadlocks + 1 });
      }
      if (!isBadRow(error)) throw error;
      if (!tried.anew) {
        forget();
        return isolate(rows, { ...tried, anew: true });
      }
      if (rows.length === 1) {
        log().error({ err: error }, "a row could not be stored");
        return ["failed"];
      }
      const middle = Math.ceil(rows.length / 2);
      const first = await isolate(rows.slice(0, middle), tried);
      return [...first, ...(await isolate(rows.slice(middle), tried))];
    }
  };
  return (rows) => isolate(rows, { deadlocks: 0, anew: false });
}

/** What has been tried with a flush so far; `anew`: with nothing remembered. */
type Tried = { deadlocks: number; anew: boolean };

/**
 * Takes rows of one identity down to their first: the database sees no duplicate inside a flush.
 * @returns the rows to store, and how to spread their outcomes over all rows again
 */
export function withoutRepeats<Row>(rows: Row[], identity: (row: Row) => string) {
  const first = new Map<string, Row>();
  const repeated = rows.map((row) => {
    const key = identity(row);
    if (first.has(key)) return true;
    first.set(key, row);
    return false;
  });
  const unique = repeated.includes(true) ? [...first.values()] : rows;
  const spread = (outcomeOf: (row: Row) => Outcome): Outcome[] =>
    rows.map((row, i) => {
      const outcome = outcomeOf(first.get(identity(row)) as Row);
      return repeated[i] && outcome === "created" ? "duplicate" : outcome;
    });
  return { unique, spread };
}

/** A Postgres array literal of numbers and booleans; far cheaper than the driver's own. */
export function arrayLiteral(values: (number | boolean | null)[]): string {
  return `{${values.map((value) => value ?? "NULL").join(",")}}`;
}
