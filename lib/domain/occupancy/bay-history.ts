import type { BayState } from "./bay-state";

/** A stretch of time in one state; milliseconds since 1970. */
export type Stretch = { state: BayState; from: number; to: number };

/** What happened to a bay in a range; times in milliseconds since 1970. */
export type BayHistory = {
  from: number;
  to: number;
  /** Whether it was occupied when the range began; null where no one knows. */
  occupiedBefore: boolean | null;
  /** Parking logs that changed its state, oldest first. */
  changes: readonly { at: number; isOccupied: boolean }[];
  /** When its device was offline, oldest first and apart from each other. */
  silences: readonly { from: number; to: number }[];
};

/**
 * The states of a bay through a range without a hole: occupancy carries over, and a device that is
 * offline makes it unknown, never free: `bayStateAt()` for every instant of the range.
 */
export function occupancyStretches(history: BayHistory): Stretch[] {
  const { from, to, changes, silences } = history;
  const marks = [
    ...changes.map(({ at, isOccupied }) => ({ at, known: stateOf(isOccupied) })),
    ...silences.flatMap((silence) => [
      { at: silence.from, offline: true },
      { at: silence.to, offline: false },
    ]),
  ].sort((a, b) => a.at - b.at);
  const stretches: Stretch[] = [];
  const add = (state: BayState, until: number) => {
    const last = stretches.at(-1);
    const start = last?.to ?? from;
    const end = Math.min(until, to);
    if (end <= start) return;
    if (last?.state === state) last.to = end;
    else stretches.push({ state, from: start, to: end });
  };
  let known = stateOf(history.occupiedBefore);
  let offline = false;
  for (const mark of marks) {
    add(offline ? "offline" : known, mark.at);
    if ("known" in mark) known = mark.known;
    else offline = mark.offline;
  }
  add(offline ? "offline" : known, to);
  return stretches;
}

const stateOf = (isOccupied: boolean | null): BayState =>
  isOccupied === null ? "unknown" : isOccupied ? "occupied" : "free";

/** The share of a range that each state has, 0 to 1. */
export function stateShares(stretches: readonly Stretch[]): Record<BayState, number> {
  const shares: Record<BayState, number> = { occupied: 0, free: 0, offline: 0, unknown: 0 };
  const total = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  for (const { state, from, to } of stretches) shares[state] += (to - from) / total;
  return shares;
}
