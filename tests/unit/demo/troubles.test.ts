import fc from "fast-check";
import { expect, test } from "vitest";
import { breachesOf } from "@/lib/domain/alerts/alerting";
import { DEFAULT_LIMITS } from "@/lib/domain/devices/limits";
import { DEMO_BAYS, DEMO_FACILITIES } from "@/lib/server/demo/demo-places";
import { measuredAt, type Trouble } from "@/lib/server/demo/readings";
import { episodesBetween, troublesAt } from "@/lib/server/demo/troubles";

const BAYS = DEMO_BAYS.length;
const anyInstant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2030, 0, 1) });
const anyBay = fc.constantFrom(...DEMO_BAYS);

test("the demo has three facilities in three time zones, and 300 bays whose codes all differ", () => {
  expect(new Set(DEMO_FACILITIES.map((facility) => facility.time_zone)).size).toBe(3);
  expect(new Set(DEMO_BAYS.map(({ code }) => code)).size).toBe(300);
});

test("at any moment some bays are silent and some draw too much", () => {
  fc.assert(
    fc.property(anyInstant, (at) => {
      const troubles = [...troublesAt(BAYS, at).values()];
      expect(troubles.filter((trouble) => trouble === "silent")).toHaveLength(3);
      expect(troubles.filter((trouble) => trouble === "over-power").length).toBeGreaterThan(1);
    }),
  );
});

test("a bay has one trouble at a time, and what is told does not depend on when it is asked for", () => {
  fc.assert(
    fc.property(anyInstant, fc.integer({ min: 1, max: 20 * 86_400_000 }), (from, span) => {
      const episodes = episodesBetween(BAYS, from, from + span);
      const byBay = new Map(
        episodes.map(({ bay }) => [bay, episodes.filter((one) => one.bay === bay)]),
      );
      for (const own of byBay.values()) {
        for (const [i, one] of own.entries()) {
          expect(one.to).toBeGreaterThan(one.from);
          if (own[i + 1]) expect(own[i + 1]!.from).toBeGreaterThan(one.to);
        }
      }
      const at = from + Math.floor(span / 2);
      const current = episodes.filter((one) => one.from <= at && at < one.to);
      const now = troublesAt(BAYS, at);
      for (const { bay, trouble } of current) expect(now.get(bay)).toBe(trouble);
    }),
  );
});

test.each([
  [null, []],
  ["over-power", ["high_power"]],
  ["implausible", ["invalid_data"]],
] as [Trouble | null, string[]][])("a reading in trouble %s breaches %j", (trouble, causes) => {
  fc.assert(
    fc.property(anyBay, anyInstant, fc.boolean(), (bay, at, isOccupied) => {
      const measured = measuredAt(bay, at, { isOccupied, trouble });
      const breaches = breachesOf({ timestamp: at, ...measured }, DEFAULT_LIMITS);
      expect(Object.keys(breaches)).toEqual(causes);
      expect(measured).toEqual(measuredAt(bay, at, { isOccupied, trouble }));
    }),
  );
});
