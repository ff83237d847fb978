import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { localDate, offsetMs } from "@/lib/server/demo/local-days";
import { type Bay, type BayEvent, eventsBetween, lastEventBefore } from "@/lib/server/demo/stays";
import {
  COMMUTERS,
  KISS_AND_RIDE,
  OFFICE,
  SHOPS,
  type Use,
  VISITORS,
} from "@/lib/server/demo/uses";

const DAY_MS = 86_400_000;
/** Zones whose clocks change, and one on a quarter of an hour. */
const ZONES = ["Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];
const USES = [OFFICE, VISITORS, SHOPS, COMMUTERS, KISS_AND_RIDE];

const bayOf = (use: Use, number: number, timeZone = "Europe/Vienna"): Bay => ({
  code: `B-${number}`,
  timeZone,
  use,
});

const anyBay = fc.record({
  code: fc.string({ minLength: 1, maxLength: 8 }),
  timeZone: fc.constantFrom(...ZONES),
  use: fc.constantFrom(...USES),
});
const anyInstant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });

test("cars come and leave in turn, one after the other, on every day of the year", () => {
  fc.assert(
    fc.property(anyBay, anyInstant, (bay, from) => {
      const events = eventsBetween(bay, from, from + 10 * DAY_MS);
      for (const [i, event] of events.entries()) {
        const next = events[i + 1];
        if (!next) continue;
        expect(next.timestamp).toBeGreaterThan(event.timestamp);
        expect(next.isOccupied).toBe(!event.isOccupied);
      }
    }),
  );
});

test("what happens does not depend on when and in which pieces it is asked for", () => {
  fc.assert(
    fc.property(anyBay, anyInstant, fc.integer({ min: 0, max: 3 * DAY_MS }), (bay, from, cut) => {
      const to = from + 3 * DAY_MS;
      const pieces = [
        ...eventsBetween(bay, from, from + cut),
        ...eventsBetween(bay, from + cut, to),
      ];
      expect(pieces).toEqual(eventsBetween(bay, from, to));
    }),
  );
});

test("the last event before an instant is the one that is told last", () => {
  const bay = bayOf(SHOPS, 1);
  const now = Date.parse("2026-05-13T15:00:00Z");
  expect(lastEventBefore(bay, now)).toEqual(eventsBetween(bay, now - 2 * DAY_MS, now).at(-1));
});

describe("a hundred bays through four weeks", () => {
  const from = Date.parse("2026-05-03T22:00:00Z");
  const events = (use: Use) =>
    Array.from({ length: 100 }, (_, i) =>
      eventsBetween(bayOf(use, i), from, from + 28 * DAY_MS),
    ).flat();
  const local = ({ timestamp }: BayEvent) =>
    new Date(timestamp + offsetMs("Europe/Vienna", timestamp));
  const countBy = (use: Use, key: (event: BayEvent) => number) => {
    const counts = new Array<number>(24).fill(0);
    for (const event of events(use)) counts[key(event)]! += 1;
    return counts;
  };
  const byHour = (use: Use) => countBy(use, (event) => local(event).getUTCHours());
  const byWeekday = (use: Use) => countBy(use, (event) => local(event).getUTCDay());

  test.each([OFFICE, COMMUTERS, KISS_AND_RIDE])("$name: a morning and an evening peak", (use) => {
    const hours = byHour(use);
    const most = (first: number, last: number) => Math.max(...hours.slice(first, last + 1));
    const noon = hours[12]!;
    expect(most(7, 9)).toBeGreaterThan(1.5 * noon);
    expect(most(16, 19)).toBeGreaterThan(1.5 * noon);
    expect(most(1, 4)).toBeLessThan(most(7, 9) / 4);
  });

  test("shops are busiest in the evening and on Saturday, offices on weekdays", () => {
    const hours = byHour(SHOPS);
    expect([16, 17, 18, 19]).toContain(hours.indexOf(Math.max(...hours)));
    const shops = byWeekday(SHOPS);
    expect(shops.indexOf(Math.max(...shops))).toBe(6);
    expect(shops[0]!).toBeLessThan(shops[2]!);
    const offices = byWeekday(OFFICE);
    for (const weekday of [1, 2, 3, 4, 5]) {
      expect(offices[weekday]!).toBeGreaterThan(3 * Math.max(offices[6]!, offices[0]!));
    }
  });
});

test("a date is that of its time zone, also when the clocks change", () => {
  const at = Date.parse("2026-10-25T22:30:00Z");
  expect(localDate("Europe/Vienna", at)).toBe("2026-10-25");
  expect(localDate("Asia/Tokyo", at)).toBe("2026-10-26");
  expect(offsetMs("Europe/Vienna", Date.parse("2026-10-25T00:59:59Z"))).toBe(2 * 3_600_000);
  expect(offsetMs("Europe/Vienna", Date.parse("2026-10-25T01:00:00Z"))).toBe(3_600_000);
});
