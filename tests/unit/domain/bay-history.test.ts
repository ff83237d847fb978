import { describe, expect, test } from "vitest";
import { occupancyStretches, stateShares } from "@/lib/domain/occupancy/bay-history";

const range = { from: 100, to: 200, occupiedBefore: null, changes: [], silences: [] };
const told = (stretches: ReturnType<typeof occupancyStretches>) =>
  stretches.map(({ state, from, to }) => `${state} ${from}-${to}`);

describe("the states of a bay through a range", () => {
  test("occupancy carries over into the range and to its end", () => {
    expect(told(occupancyStretches({ ...range, occupiedBefore: true }))).toEqual([
      "occupied 100-200",
    ]);
  });

  test("before the first event no one knows", () => {
    const changes = [
      { at: 120, isOccupied: true },
      { at: 150, isOccupied: false },
    ];
    expect(told(occupancyStretches({ ...range, changes }))).toEqual([
      "unknown 100-120",
      "occupied 120-150",
      "free 150-200",
    ]);
  });

  test("a silence makes it offline, and its end brings back what is known by then", () => {
    const changes = [{ at: 130, isOccupied: false }];
    const silences = [
      { from: 120, to: 140 },
      { from: 190, to: 200 },
    ];
    expect(told(occupancyStretches({ ...range, occupiedBefore: true, changes, silences }))).toEqual(
      ["occupied 100-120", "offline 120-140", "free 140-190", "offline 190-200"],
    );
  });

  test("an arrival and a departure at one instant leave no stretch", () => {
    const changes = [
      { at: 150, isOccupied: true },
      { at: 150, isOccupied: false },
    ];
    const history = { ...range, occupiedBefore: false, changes };
    expect(told(occupancyStretches(history))).toEqual(["free 100-200"]);
  });

  test("a range that has not begun has no states", () => {
    expect(occupancyStretches({ ...range, to: 90 })).toEqual([]);
  });
});

test("shares are of the whole range", () => {
  const stretches = occupancyStretches({
    ...range,
    occupiedBefore: true,
    changes: [{ at: 125, isOccupied: false }],
    silences: [{ from: 190, to: 200 }],
  });
  expect(stateShares(stretches)).toEqual({ occupied: 0.25, free: 0.65, offline: 0.1, unknown: 0 });
});
