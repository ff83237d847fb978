export const EXPIRY_HINT =
  "The key expires at the end of this day, in UTC. Leave empty for no expiry.";

/** The end of a key whose last day this is; null for one without. */
export function endOfDay(date: string | null): string | null {
  return date === null ? null : `${date}T23:59:59Z`;
}
