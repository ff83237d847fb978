const STEPS: [seconds: number, unit: string][] = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
  [1, "s"],
];

/**
 * How long ago something was, in its largest unit: "12 s ago", "3 min ago", "2,345 d ago".
 * @param at and `now` in milliseconds since 1970; clocks that differ a little give "just now"
 */
export function relativeAge(at: number, now: number): string {
  const age = Math.floor((now - at) / 1000);
  const [seconds, unit] = STEPS.find(([size]) => age >= size) ?? [1, ""];
  if (unit === "") return "just now";
  return `${Math.floor(age / seconds).toLocaleString("en")} ${unit} ago`;
}

/** This much of a unit counts as one. */
const ALMOST = 0.97;

/**
 * As `relativeAge`, and how long it still is for what is to come: "in 7 d".
 * @param at and `now` in milliseconds since 1970
 */
export function relativeTime(at: number, now: number): string {
  if (at <= now) return relativeAge(at, now);
  const left = Math.ceil((at - now) / 1000);
  // What was made to hold for a day a moment ago holds for a day, not for 24 hours.
  const [seconds, unit] = STEPS.find(([size]) => left >= size * ALMOST) ?? [1, "s"];
  return `in ${Math.round(left / seconds).toLocaleString("en")} ${unit}`;
}

/** "2026-07-02 23:58:00 UTC" for an ISO 8601 instant in UTC. */
export function utcTime(iso: string): string {
  return `${iso.slice(0, 19).replace("T", " ")} UTC`;
}
