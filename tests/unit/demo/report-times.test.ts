import fc from "fast-check";
import { expect, test } from "vitest";
import type { PlacedBay } from "@/lib/server/demo/demo-bays";
import { DEMO_BAYS, OFFLINE_AFTER_SECONDS } from "@/lib/server/demo/demo-places";
import { DAY_MS, reportTimes } from "@/lib/server/demo/tell-history";

test("a meter of the demo is never silent for longer than allowed, over however long a history", () => {
  const span = fc.record({
    number: fc.integer({ min: 0, max: DEMO_BAYS.length - 1 }),
    to: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
    days: fc.double({ min: 0.1, max: 28, noNaN: true }),
  });
  fc.assert(
    fc.property(span, ({ number, to, days }) => {
      const bay = { ...DEMO_BAYS[number]!, number } as PlacedBay;
      const from = to - Math.floor(days * DAY_MS);
      const times = [from, ...reportTimes(bay, { from, to }), to];
      const gaps = times.slice(1).map((at, i) => at - times[i]!);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(OFFLINE_AFTER_SECONDS * 1000);
    }),
  );
});
