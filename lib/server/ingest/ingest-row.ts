import type { RegisteredDevice } from "./device-registry";

/**
 * What became of a row. `busy`: not stored, try again; its device is locked by a long rearrangement
 * of the estate, or too many other rows failed. `failed`: this row alone could not be stored, which
 * is our fault.
 */
export type Outcome = "created" | "duplicate" | "unknown_device" | "busy" | "failed";

/** A row on its way into the database; `timestamp` in milliseconds since 1970. */
export type IngestRow = { device: RegisteredDevice; timestamp: number };

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
