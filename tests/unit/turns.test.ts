import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { Turns } from "@/lib/server/limits/turns";

/** Does so many parts of work, and writes down in which turn of the event loop it did each. */
function worker(turns: Turns, clock: { turn: number }, log: string[]) {
  return async (name: string, sender: string, parts: number, units = 10) => {
    const takeTurn = turns.begin(sender);
    for (let part = 0; part < parts; part++) {
      await takeTurn(units);
      log.push(`${clock.turn} ${name}`);
    }
  };
}

/** Counts the turns of the event loop until the work is done. */
async function counted(clock: { turn: number }, work: Promise<void>[]) {
  let done = false;
  const all = Promise.all(work).then(() => {
    done = true;
  });
  while (!done) {
    await nextTurn();
    clock.turn += 1;
  }
  await all;
}

function setUp(unitsPerTurn: number) {
  const clock = { turn: 0 };
  const log: string[] = [];
  const work = worker(new Turns(unitsPerTurn), clock, log);
  const turnsOf = (name: string) =>
    log.filter((line) => line.endsWith(` ${name}`)).map((line) => Number.parseInt(line, 10));
  return { clock, log, work, turnsOf };
}

describe("long work", () => {
  test("does no more in a turn of the event loop than it may, however much there is", async () => {
    const { clock, log, work } = setUp(20);
    await counted(clock, [work("a", "A", 30), work("b", "B", 30), work("c", "B", 30)]);
    expect(log).toHaveLength(90);
    const perTurn = new Map<string, number>();
    for (const line of log) {
      const turn = line.split(" ")[0]!;
      perTurn.set(turn, (perTurn.get(turn) ?? 0) + 1);
    }
    // What is done when the clock strikes may fall into either turn.
    expect(Math.max(...perTurn.values())).toBeLessThanOrEqual(4);
    expect(clock.turn).toBeGreaterThanOrEqual(44);
  });

  test("goes on at once while there is little of it", async () => {
    const { clock, log, work } = setUp(20);
    await Promise.all([work("a", "A", 1), work("b", "A", 1)]);
    expect(log).toEqual(["0 a", "0 b"]);
    expect(clock.turn).toBe(0);
  });

  test("that is too much for a turn gets one of its own", async () => {
    const { clock, log, work } = setUp(20);
    await counted(clock, [work("a", "A", 10, 50), work("b", "B", 10, 50)]);
    expect(log).toHaveLength(20);
    expect(clock.turn).toBeGreaterThanOrEqual(19);
  });

  test("of many pieces of one sender takes no turn from another's", async () => {
    const { clock, work, turnsOf } = setUp(10);
    const many = Array.from({ length: 8 }, (_, n) => work(`many ${n}`, "A", 10));
    await counted(clock, [...many, work("one", "B", 10)]);
    // Every other turn is its own.
    expect(turnsOf("one").at(-1)).toBeLessThanOrEqual(21);
  });

  test("of one sender is finished in the order in which it was begun", async () => {
    const { clock, log, work } = setUp(10);
    await counted(clock, [work("first", "A", 5), work("second", "A", 5)]);
    expect(log.map((line) => line.split(" ")[1])).toEqual([
      ...Array(5).fill("first"),
      ...Array(5).fill("second"),
    ]);
  });
});
