/** Where an alert is in its life; every alert is in exactly one of them. */
export const ALERT_STATES = ["open", "acknowledged", "resolved"] as const;
export type AlertState = (typeof ALERT_STATES)[number];

type Marks = { acknowledged_at: string | null; resolved_at: string | null };

/** The state of an alert: resolved counts before acknowledged (docs/rules.md#open-alert). */
export function alertState({ acknowledged_at, resolved_at }: Marks): AlertState {
  if (resolved_at !== null) return "resolved";
  return acknowledged_at === null ? "open" : "acknowledged";
}
