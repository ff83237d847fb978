/**
 * How far actual events reached the target, in percent, at most 100 (docs/rules.md#efficiency). A target of
 * nothing is reached by anything.
 * @returns null without a target
 */
export function efficiencyPct(actual: number, target: number | null): number | null {
  if (target === null) return null;
  if (target === 0) return 100;
  return Math.min(100, Math.round((actual / target) * 10_000) / 100);
}
