import fc from "fast-check";
import { expect, test } from "vitest";
import { isoInstant } from "@/lib/server/iso-instant";

test("an instant is written as Date writes it, whichever day was written before", () => {
  const instant = fc.integer({ min: Date.UTC(-5, 0), max: Date.UTC(12_000, 0) });
  fc.assert(
    fc.property(fc.array(instant, { minLength: 1 }), (instants) => {
      expect(instants.map(isoInstant)).toEqual(instants.map((ms) => new Date(ms).toISOString()));
    }),
  );
  const midnight = Date.UTC(2026, 0, 1);
  for (const ms of [midnight - 1, midnight, midnight + 999, midnight + 86_399_999]) {
    expect(isoInstant(ms)).toBe(new Date(ms).toISOString());
  }
});
