import fc from "fast-check";
import { expect, test } from "vitest";
import { Rounds } from "@/scripts/simulate/rounds";

const START = Date.UTC(2026, 4, 13);

test("in every round each device sends once, at even distances", () => {
  const rounds = new Rounds({ devices: 4, everyMs: 1000, startsAt: START });
  const turns = [...rounds.due(START + 1999)];
  expect(turns.map(({ device, round, at }) => [round, device, at - START])).toEqual([
    ...[0, 1, 2, 3].map((device) => [0, device, device * 250]),
    ...[0, 1, 2, 3].map((device) => [1, device, 1000 + device * 250]),
  ]);
});

test("however often it is asked, no turn is missed or taken twice, and time never goes back", () => {
  const looks = fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 40 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), looks, (devices, steps) => {
      const options = { devices, everyMs: 1000, startsAt: START, isBurst: (n: number) => n === 3 };
      const rounds = new Rounds(options);
      let now = START;
      const turns = steps.flatMap((step) => {
        now += step;
        return [...rounds.due(now)];
      });
      expect(turns.map(({ device, round }) => round * devices + device)).toEqual(
        turns.map((_, i) => i),
      );
      for (const [i, turn] of turns.entries()) {
        expect(turn.at).toBeLessThanOrEqual(now);
        expect(turn.at).toBeGreaterThanOrEqual(turns[i - 1]?.at ?? START);
      }
    }),
  );
});

test("in a burst all send at the same moment, and no device ever twice at one", () => {
  const isBurst = (round: number) => round === 1;
  const rounds = new Rounds({ devices: 3, everyMs: 900, startsAt: START, isBurst });
  const turns = [...rounds.due(START + 2699)];
  const burst = turns.filter(({ round }) => round === 1);
  expect(burst.map(({ at }) => at - START)).toEqual([900, 900, 900]);
  for (const device of [0, 1, 2]) {
    const times = turns.filter((turn) => turn.device === device).map(({ at }) => at);
    expect(new Set(times).size).toBe(3);
  }
});

test("after the machine has slept the devices go on with the present", () => {
  const rounds = new Rounds({ devices: 2, everyMs: 1000, startsAt: START });
  expect([...rounds.due(START)]).toHaveLength(1);
  const turns = [...rounds.due(START + 3_600_000)];
  expect(turns.map(({ round }) => round)).toEqual([3600]);
});
