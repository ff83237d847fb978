import { describe, expect, it } from "vitest";
import { type ContactHistory, countStates, statesAt, wasSilent } from "@/lib/domain/occupancy";

const DAY_START = 0;
const MINUTE = 60_000;

const contact = (known: Partial<ContactHistory>): ContactHistory => ({
  limits: { offlineAfterSeconds: 120 },
  ...{ before: null, first: null, last: null, offline: [] },
  ...known,
});

describe("silence at a moment of a day", () => {
  const cases: [name: string, ContactHistory, at: number, silent: boolean][] = [
    ["never heard is unknown, not silent", contact({}), 60 * MINUTE, false],
    ["heard before the day alone, within its limit", contact({ before: -MINUTE }), MINUTE, false],
    ["heard before the day alone, past its limit", contact({ before: -MINUTE }), MINUTE + 1, true],
    [
      "silent when the day began, until its first contact",
      contact({ before: -10 * MINUTE, first: 30 * MINUTE, last: 90 * MINUTE }),
      30 * MINUTE - 1,
      true,
    ],
    [
      "silent when the day began, no more from its first contact",
      contact({ before: -10 * MINUTE, first: 30 * MINUTE, last: 90 * MINUTE }),
      30 * MINUTE,
      false,
    ],
    ["exactly its limit after its last contact", contact({ last: MINUTE }), 3 * MINUTE, false],
    [
      "longer than its limit after its last contact",
      contact({ last: MINUTE }),
      3 * MINUTE + 1,
      true,
    ],
    [
      "between contacts while an offline alert was open",
      contact({ before: 0, last: 90 * MINUTE, offline: [{ from: 10 * MINUTE, to: 20 * MINUTE }] }),
      10 * MINUTE,
      true,
    ],
    [
      "between contacts once that alert was resolved",
      contact({ before: 0, last: 90 * MINUTE, offline: [{ from: 10 * MINUTE, to: 20 * MINUTE }] }),
      20 * MINUTE,
      false,
    ],
    [
      "after its last contact its limit counts, not an alert that is open still",
      contact({ last: 59 * MINUTE, offline: [{ from: 10 * MINUTE, to: null }] }),
      60 * MINUTE,
      false,
    ],
  ];
  it.each(cases)("%s", (_, known, at, silent) => {
    expect(wasSilent(known, at, DAY_START)).toBe(silent);
  });
});

describe("states through a day", () => {
  const heard = contact({ before: 0, last: 0, limits: { offlineAfterSeconds: 86_400 } });

  it("carry over until the next change, and are unknown before the first parking log", () => {
    const changes = [
      { moment: 1, occupied: true },
      { moment: 3, occupied: false },
    ];
    const bay = { before: null, changes, contact: heard };
    expect(statesAt(bay, [1, 2, 3, 4], DAY_START)).toEqual([null, true, true, false]);
    expect(statesAt({ ...bay, before: false }, [1, 2], DAY_START)).toEqual([false, true]);
  });

  it("are counted moment by moment, each bay once", () => {
    expect(
      countStates(
        [
          [true, null],
          [true, false],
          [null, false],
        ],
        2,
      ),
    ).toEqual([
      { occupied: 2, free: 0, unknown: 1, total: 3 },
      { occupied: 0, free: 2, unknown: 1, total: 3 },
    ]);
  });
});
