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
