import { isSilent } from "./alerting";
import type { RuleLimits } from "./limits";

/** How many bays are in which state; `total` is their sum. */
export type Occupancy = { occupied: number; free: number; unknown: number; total: number };

/** When a device was heard around a day. Times in milliseconds since 1970. */
export type ContactHistory = {
  limits: Pick<RuleLimits, "offlineAfterSeconds">;
  /** Its newest contact before the day; null when it had never made any. */
  before: number | null;
  /** Its first contact of the day; needed only where it was silent when the day began. */
  first: number | null;
  /** Its newest contact of the day. */
  last: number | null;
  /** When an `offline` alert of it was unresolved; `to` is null while one is. */
  offline: readonly { from: number; to: number | null }[];
};

/** What is known of one bay around the moments at which its state is asked for. */
export type BayHistory = {
  /** The state that it came with; null when no parking log had come yet. */
  before: boolean | null;
  /** Later states, each with the number of the first moment that it holds for, in their order. */
  changes: readonly { moment: number; occupied: boolean }[];
  contact: ContactHistory;
};

/**
 * Whether a device was silent at a moment of a day. After its newest contact, and for one that was
 * silent when the day began until its first, the limit itself decides; in between, where not every
 * contact is known, the offline alerts of that time do.
 */
export function wasSilent(contact: ContactHistory, at: number, dayStart: number): boolean {
  const { limits, before, first, last, offline } = contact;
  if (last === null) return isSilent(before, limits, at);
  if (last <= at) return isSilent(last, limits, at);
  if (isSilent(before, limits, dayStart) && (first === null || at < first)) return true;
  return offline.some(({ from, to }) => from <= at && (to === null || at < to));
}

/**
 * The state of a bay at each of these moments, carried over from one to the next: true is occupied,
 * null unknown, of a device that was silent or had not sent a parking log yet (DESIGN section 3,
 * "occupancy state").
 * @param moments milliseconds since 1970, ascending, as `dayStart`
 */
export function statesAt(
  bay: BayHistory,
  moments: readonly number[],
  dayStart: number,
): (boolean | null)[] {
  let next = 0;
  let state = bay.before;
  return moments.map((at, moment) => {
    for (; (bay.changes[next]?.moment ?? Number.POSITIVE_INFINITY) <= moment; next++) {
      state = bay.changes[next]!.occupied;
    }
    return state === null || wasSilent(bay.contact, at, dayStart) ? null : state;
  });
}

/** How many bays were in which state at each moment: the states of every bay, moment by moment. */
export function countStates(
  bays: Iterable<readonly (boolean | null)[]>,
  moments: number,
): Occupancy[] {
  const none = { occupied: 0, free: 0, unknown: 0, total: 0 };
  const counts: Occupancy[] = Array.from({ length: moments }, () => ({ ...none }));
  for (const states of bays) {
    counts.forEach((count, moment) => {
      const state = states[moment] ?? null;
      if (state === null) count.unknown++;
      else if (state) count.occupied++;
      else count.free++;
      count.total++;
    });
  }
  return counts;
}
