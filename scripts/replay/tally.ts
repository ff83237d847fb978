/** What has become of the rows of one file. */
export type Tally = {
  name: string;
  /** Rows that the file holds, as far as it was read. */
  rows: number;
  /** Rows that were in a request, however often it was sent. */
  sent: number;
  created: number;
  duplicates: number;
  /** Those of `duplicates` whose request was sent more than once. */
  resentDuplicates: number;
  refused: number;
  /** How many rows were refused for which reason. */
  reasons: Map<string, number>;
  /** How long it took so far. */
  seconds: number;
  /** False as long as part of the file has not been read. */
  isComplete: boolean;
};

export function newTally(name: string): Tally {
  const counts = { rows: 0, sent: 0, created: 0, duplicates: 0, resentDuplicates: 0, refused: 0 };
  return { name, ...counts, reasons: new Map(), seconds: 0, isComplete: false };
}

export function countRefused(tally: Tally, reason: string): void {
  tally.refused += 1;
  tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
}

/** Rows whose fate is known. */
export function settledRows(tally: Tally): number {
  return tally.created + tally.duplicates + tally.refused;
}

/** All files together. */
export function totalOf(tallies: Tally[]): Tally {
  const total = newTally("total");
  total.isComplete = tallies.every((tally) => tally.isComplete);
  for (const tally of tallies) {
    total.rows += tally.rows;
    total.sent += tally.sent;
    total.created += tally.created;
    total.duplicates += tally.duplicates;
    total.resentDuplicates += tally.resentDuplicates;
    total.refused += tally.refused;
    total.seconds += tally.seconds;
    for (const [reason, rows] of tally.reasons) {
      total.reasons.set(reason, (total.reasons.get(reason) ?? 0) + rows);
    }
  }
  return total;
}
