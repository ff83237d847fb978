import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectedByNow, shareByNow } from "@/lib/domain/occupancy/expected-by-now";

const usual = Array.from({ length: 24 }, (_, hour) => ({ 8: 30, 9: 10, 17: 60 })[hour] ?? 0);

describe("the share of a day that is expected by now", () => {
  it("is what had come by this time of day on comparable days, the hour under way by its part", () => {
    const share = (hourOfDay: number) => shareByNow({ usual, hourOfDay, passed: hourOfDay / 24 });
    expect([0, 8, 8.5, 9, 12, 17.5, 23.99].map(share)).toEqual([0, 0, 0.15, 0.3, 0.4, 0.7, 1]);
    expect(expectedByNow(360, share(8.5))).toBe(54);
  });

  it("is the share of the day that has passed where those days had too few events", () => {
    const few = usual.map((events) => Math.floor(events / 6));
    expect(shareByNow({ usual: few, hourOfDay: 12, passed: 0.5 })).toBe(0.5);
    expect(shareByNow({ usual: [], hourOfDay: 12, passed: 0.48 })).toBe(0.48);
  });

  it("never falls as the day goes on, and stays within 0 and 1", () => {
    const counts = fc.array(fc.nat(50), { minLength: 24, maxLength: 24 });
    const hour = fc.double({ min: 0, max: 23.999, noNaN: true });
    fc.assert(
      fc.property(counts, hour, hour, (usual, a, b) => {
        const share = (hourOfDay: number) =>
          shareByNow({ usual, hourOfDay, passed: hourOfDay / 24 });
        const [early, late] = [share(Math.min(a, b)), share(Math.max(a, b))];
        expect(early).toBeGreaterThanOrEqual(0);
        expect(early).toBeLessThanOrEqual(late + 1e-9);
        expect(late).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
});
