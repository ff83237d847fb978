import { expect, test } from "vitest";
import { efficiencyPct } from "@/lib/domain/occupancy/efficiency";

test.each([
  [10, null, null],
  [0, 10, 0],
  [5, 10, 50],
  [1, 3, 33.33],
  [2, 3, 66.67],
  [10, 10, 100],
  [25, 10, 100],
  [0, 0, 100],
  [4, 0, 100],
])("%d events of a target of %s are %s per cent", (actual, target, pct) => {
  expect(efficiencyPct(actual, target)).toBe(pct);
});
