import { isSilent } from "../alerts/alerting";
import type { RuleLimits } from "./limits";

export const CONNECTIONS = ["online", "offline", "never"] as const;
/**
 * Whether a device is heard from:
 * - `never`: no message of it was ever stored, neither telemetry nor a parking log.
 * - `offline`: its last contact is longer ago than its limit. Contact is telemetry; for a device
 *   with an interval of its own any message is.
 * - `online`: everything else. This includes a device without an interval of its own that has sent
 *   parking logs alone: those come when a car does, so no silence of it is too long.
 */
export type Connection = (typeof CONNECTIONS)[number];

/** When a device was heard from. Times in milliseconds since 1970, null for never. */
export type Heard = {
  /** Its newest message of any kind. */
  lastSeen: number | null;
  /** What silence is counted from; null where no silence is too long. */
  lastContact: number | null;
};

/**
 * Since when a device is offline: when the silence that it is allowed was over; null while it is not.
 * @param now milliseconds since 1970, as what is given back
 */
export function offlineSince(
  heard: Heard,
  limits: Pick<RuleLimits, "offlineAfterSeconds">,
  now: number,
): number | null {
  if (heard.lastContact === null || connectionOf(heard, limits, now) !== "offline") return null;
  return heard.lastContact + limits.offlineAfterSeconds * 1000;
}

/** Rule: docs/rules.md#offline. @param now milliseconds since 1970 */
export function connectionOf(
  { lastSeen, lastContact }: Heard,
  limits: Pick<RuleLimits, "offlineAfterSeconds">,
  now: number,
): Connection {
  if (lastSeen === null) return "never";
  return isSilent(lastContact, limits, now) ? "offline" : "online";
}
