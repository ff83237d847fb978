import type { BayState } from "./bay-state";
import { type BayFacts, bayStateAt } from "./bay-state";

/** How many bays are in which state; `total` is their sum. */
export type Occupancy = { occupied: number; free: number; unknown: number; total: number };

/** What is known of one bay around the moments of a day at which its state is asked for. */
export type BayMoments = Pick<BayFacts, "limits"> & {
  /** The state that it came with; null when no parking log had come yet. */
  before: boolean | null;
  /** Later states, each with the number of the first moment that it holds for, in their order. */
  changes: readonly { moment: number; occupied: boolean }[];
  /** Its newest contact before the day, milliseconds since 1970; null when it had made none. */
  contactBefore: number | null;
  /** The newest contact between each moment and the one before it, where there was any, in order. */
  contacts: readonly { moment: number; at: number }[];
};

/**
 * The state of a bay at each of these moments, by the rule in `bay-state.ts`: its events and its
 * contacts carry over from one moment to the next.
 * @param moments milliseconds since 1970, ascending
 */
export function statesAt(bay: BayMoments, moments: readonly number[]): BayState[] {
  const { before: isOccupied, contactBefore: lastContactAt, limits } = bay;
  const facts: BayFacts = { isOccupied, lastContactAt, limits };
  let [change, contact] = [0, 0];
  return moments.map((at, moment) => {
    for (let next = bay.changes[change]; next && next.moment <= moment; ) {
      facts.isOccupied = next.occupied;
      next = bay.changes[++change];
    }
    for (let next = bay.contacts[contact]; next && next.moment <= moment; ) {
      facts.lastContactAt = next.at;
      next = bay.contacts[++contact];
    }
    return bayStateAt(facts, at);
  });
}

/** How many bays were in which state at each moment: the states of every bay, moment by moment. */
export function countStates(bays: Iterable<readonly BayState[]>, moments: number): Occupancy[] {
  const none = { occupied: 0, free: 0, unknown: 0, total: 0 };
  const counts: Occupancy[] = Array.from({ length: moments }, () => ({ ...none }));
  for (const states of bays) {
    counts.forEach((count, moment) => {
      const state = states[moment] ?? "unknown";
      count[state === "offline" ? "unknown" : state]++;
      count.total++;
    });
  }
  return counts;
}
