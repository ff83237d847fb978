import { isSilent } from "../alerts/alerting";
import type { RuleLimits } from "../devices/limits";

export const BAY_STATES = ["occupied", "free", "offline", "unknown"] as const;
/** What is known of a bay at a time: `offline` where its device is silent, `unknown` before its first event. */
export type BayState = (typeof BAY_STATES)[number];

/** What a bay's state at an instant follows from. */
export type BayFacts = {
  /** What its newest parking log before the instant says; null without any. */
  isOccupied: boolean | null;
  /** Its newest contact before the instant, milliseconds since 1970; null without any. */
  lastContactAt: number | null;
  limits: Pick<RuleLimits, "offlineAfterSeconds">;
};

/**
 * The one rule of what is known of a bay at an instant, for every page, chart and answer: the
 * newest parking log says occupied or free, unless there is none or the device is silent, that is,
 * its newest contact is older than allowed. Both count by the time that a message bears, and the
 * limit is the one in force now. Where figures tell three states, `offline` counts as unknown.
 * `silentAt()` in lib/server/device-state/silence.ts is its SQL; docs/decisions/unknown-bays.md says why.
 * Rule: docs/rules.md#occupancy.
 * @param at milliseconds since 1970
 */
export function bayStateAt({ isOccupied, lastContactAt, limits }: BayFacts, at: number): BayState {
  if (isSilent(lastContactAt, limits, at)) return "offline";
  if (isOccupied === null) return "unknown";
  return isOccupied ? "occupied" : "free";
}
