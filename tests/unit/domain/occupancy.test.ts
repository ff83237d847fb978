import { describe, expect, it } from "vitest";
import { bayStateAt } from "@/lib/domain/occupancy/bay-state";
import { type BayMoments, countStates, statesAt } from "@/lib/domain/occupancy/occupancy";

const MINUTE = 60_000;
const limits = { offlineAfterSeconds: 120 };

describe("the state of a bay at an instant", () => {
  const at = 60 * MINUTE;
  const cases: [name: string, isOccupied: boolean | null, contact: number | null, state: string][] =
    [
      ["what its newest event says, while it is heard", true, at - MINUTE, "occupied"],
      ["what its newest event says, also where it sends no readings", false, null, "free"],
      ["unknown before its first event", null, at - MINUTE, "unknown"],
      ["still known exactly when its allowed silence ends", true, at - 2 * MINUTE, "occupied"],
      ["offline past its allowed silence", true, at - 2 * MINUTE - 1, "offline"],
      ["offline rather than unknown where both hold", null, at - 3 * MINUTE, "offline"],
    ];
  it.each(cases)("is %s", (_, isOccupied, lastContactAt, state) => {
    expect(bayStateAt({ isOccupied, lastContactAt, limits }, at)).toBe(state);
  });
});

describe("states through a day", () => {
  const moments = [1, 2, 3, 4].map((hour) => hour * 60 * MINUTE);
  const bay = (known: Partial<BayMoments>): BayMoments => ({
    ...{ limits, before: null, changes: [], contactBefore: null, contacts: [] },
    ...known,
  });

  it("carry over until the next change, and are unknown before the first parking log", () => {
    const changes = [
      { moment: 1, occupied: true },
      { moment: 3, occupied: false },
    ];
    expect(statesAt(bay({ changes }), moments)).toEqual([
      "unknown",
      "occupied",
      "occupied",
      "free",
    ]);
    expect(statesAt(bay({ changes, before: false }), moments.slice(0, 2))).toEqual([
      "free",
      "occupied",
    ]);
  });

  it("are offline from the end of what is allowed after each contact until the next", () => {
    const contacts = [
      { moment: 1, at: 119 * MINUTE },
      { moment: 2, at: 121 * MINUTE },
    ];
    const known = bay({ before: true, contactBefore: -MINUTE, contacts });
    expect(statesAt(known, moments)).toEqual(["offline", "occupied", "offline", "offline"]);
    expect(statesAt(bay({ before: true, contacts }), moments)).toEqual([
      "occupied",
      "occupied",
      "offline",
      "offline",
    ]);
  });

  it("are counted moment by moment, each bay once, and offline counts as unknown", () => {
    expect(
      countStates(
        [
          ["occupied", "unknown"],
          ["occupied", "free"],
          ["offline", "free"],
        ],
        2,
      ),
    ).toEqual([
      { occupied: 2, free: 0, unknown: 1, total: 3 },
      { occupied: 0, free: 2, unknown: 1, total: 3 },
    ]);
  });
});
