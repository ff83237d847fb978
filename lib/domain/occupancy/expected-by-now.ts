/** How far a day has come in one place, and what its days are usually like. */
export type DaySoFar = {
  /** Events by hour of the clock, 0 to 23, of comparable days that are over. */
  usual: readonly number[];
  /** The hour of the clock that it is now there, with its fraction: 14.25 for a quarter past two. */
  hourOfDay: number;
  /** The share of the day that has passed, 0 to 1. */
  passed: number;
};

/** Fewer events than these have no shape that says anything of another day. */
const ENOUGH_EVENTS = 20;

/**
 * The share of a day's events that is expected by now, 0 to 1: the share that had come by this time
 * of day on comparable days, the hour under way by its part; where those had too few events, the
 * share of the day that has passed. Source: docs/decisions/expected-by-now.md.
 */
export function shareByNow({ usual, hourOfDay, passed }: DaySoFar): number {
  const total = usual.reduce((sum, events) => sum + events, 0);
  if (total < ENOUGH_EVENTS) return passed;
  const hour = Math.floor(hourOfDay);
  const come = usual.slice(0, hour).reduce((sum, events) => sum + events, 0);
  return (come + (usual[hour] ?? 0) * (hourOfDay - hour)) / total;
}

/** The part of a target that is expected by now, in whole events. */
export function expectedByNow(target: number, share: number): number {
  return Math.round(target * share);
}
