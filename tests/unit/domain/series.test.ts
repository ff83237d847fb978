import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bucketSecondsFor,
  isGap,
  mergePoints,
  type SeriesPoint,
} from "@/lib/domain/messages/series";

const HOUR_MS = 3_600_000;
const START = Date.UTC(2025, 2, 1);

describe("the length of a bucket", () => {
  test.each([
    [24 * HOUR_MS, 600, 180],
    [7 * 24 * HOUR_MS, 600, 1_200],
    [28 * 24 * HOUR_MS, 600, 5_400],
    [10_000, 600, 1],
    [365 * 24 * HOUR_MS, 10, 41 * 86_400],
  ])("a range of %d ms in at most %d buckets: %d s", (rangeMs, most, seconds) => {
    expect(bucketSecondsFor(rangeMs, most)).toBe(seconds);
  });

  test("no range needs more buckets than were asked for, wherever it begins", () => {
    const rangeMs = fc.integer({ min: 1, max: 92 * 24 * HOUR_MS });
    fc.assert(
      fc.property(rangeMs, fc.integer({ min: 2, max: 2000 }), fc.nat(), (range, most, start) => {
        const size = bucketSecondsFor(range, most) * 1000;
        const first = Math.floor(start / size);
        const last = Math.floor((start + range - 1) / size);
        expect(last - first + 1).toBeLessThanOrEqual(most);
      }),
    );
  });

  test("larger buckets can be put together from smaller ones", () => {
    for (const days of [1, 7, 28, 92]) {
      const small = bucketSecondsFor(days * 24 * HOUR_MS, 600);
      const large = bucketSecondsFor(days * 24 * HOUR_MS, 32, small);
      expect(large % small).toBe(0);
    }
  });
});

const point = (minute: number, readings: number, min: number, avg: number, max: number) => {
  const spread = { min, avg, max };
  const at = new Date(START + minute * 60_000).toISOString();
  return { at, readings, voltage: spread, current: spread, power_w: spread } as SeriesPoint;
};

test("merged buckets keep lowest, highest and the mean of all readings", () => {
  const merged = mergePoints(
    [point(0, 1, 5, 5, 5), point(30, 3, 1, 2, 9), point(60, 2, 4, 4, 4)],
    3_600,
    START,
  );
  expect(merged.map(({ at }) => at.slice(11, 16))).toEqual(["00:00", "01:00"]);
  expect(merged[0]).toMatchObject({ readings: 4, voltage: { min: 1, avg: 2.75, max: 9 } });
  expect(merged[1]).toMatchObject({ readings: 2, power_w: { min: 4, avg: 4, max: 4 } });
});

describe("a line breaks where a silence would be hidden", () => {
  const gap = (minutes: number, bucketSeconds: number, offlineAfterSeconds: number) =>
    isGap(point(0, 1, 1, 1, 1), point(minutes, 1, 1, 1, 1), { bucketSeconds, offlineAfterSeconds });
  test.each([
    ["neighbours", 3, 180, 120, false],
    ["neighbours, the limit being shorter than a bucket", 60, 3_600, 120, false],
    ["an empty bucket as long as the limit", 4, 120, 120, true],
    ["empty buckets within the limit", 2, 10, 120, false],
    ["empty buckets beyond the limit", 3, 10, 120, true],
  ])("%s: %s", (_, minutes, bucketSeconds, offlineAfterSeconds, expected) => {
    expect(gap(minutes, bucketSeconds, offlineAfterSeconds)).toBe(expected);
  });
});
