import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GroupCommit, QueueFull } from "@/lib/server/ingest/group-commit";

type Scenario = {
  maxRowsPerFlush: number;
  maxWaitingRows: number;
  /** How many rows each has, and how many turns of the event loop pass before the next one. */
  submissions: { rows: number; gap: number }[];
  /** How many turns each flush takes; taken in turn, from the first again after the last. */
  flushes: { turns: number; fails: boolean }[];
};

const boom = new Error("the database is away");
const outcomeOf = (row: number) => `stored ${row}`;

const scenarios: fc.Arbitrary<Scenario> = fc.record({
  maxRowsPerFlush: fc.integer({ min: 1, max: 6 }),
  maxWaitingRows: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(1000)),
  submissions: fc.array(
    fc.record({ rows: fc.integer({ min: 0, max: 15 }), gap: fc.integer({ min: 0, max: 3 }) }),
    { minLength: 1, maxLength: 25 },
  ),
  flushes: fc.array(
    fc.record({
      turns: fc.integer({ min: 0, max: 3 }),
      fails: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    }),
    { minLength: 1, maxLength: 10 },
  ),
});

/** A flush that takes its time and keeps a record of what it was given. */
function recordingFlush(flushes: Scenario["flushes"]) {
  const flushed: { rows: number[]; failed: boolean }[] = [];
  let underWay = 0;
  let most = 0;
  const flush = async (rows: number[]) => {
    underWay += 1;
    most = Math.max(most, underWay);
    const { turns, fails } = flushes[flushed.length % flushes.length]!;
    flushed.push({ rows: [...rows], failed: fails });
    for (let i = 0; i < turns; i++) await nextTurn();
    underWay -= 1;
    if (fails) throw boom;
    return rows.map(outcomeOf);
  };
  return { flush, flushed, mostAtOnce: () => most };
}

type Answered = { rows: number[]; outcomes?: string[]; error?: unknown; times: number };

/** Rows are numbered in order of submission. */
async function play({ submissions, flushes, ...options }: Scenario) {
  const { flush, flushed, mostAtOnce } = recordingFlush(flushes);
  const commit = new GroupCommit(flush, options);
  let next = 0;
  const pending: Promise<void>[] = [];
  const answered: Answered[] = [];
  for (const { rows: count, gap } of submissions) {
    const answer: Answered = { rows: Array.from({ length: count }, () => next++), times: 0 };
    answered.push(answer);
    const settle = (result: Partial<Answered>) => {
      Object.assign(answer, result, { times: answer.times + 1 });
    };
    pending.push(
      commit.submit(answer.rows).then(
        (outcomes) => settle({ outcomes }),
        (error) => settle({ error }),
      ),
    );
    for (let i = 0; i < gap; i++) await nextTurn();
  }
  await Promise.all(pending);
  await commit.drain();
  return { answered, flushed, mostAtOnce: mostAtOnce() };
}

const always = (check: (scenario: Scenario) => Promise<void>) =>
  fc.assert(fc.asyncProperty(scenarios, check), { numRuns: 300 });

describe("group commit, whatever is submitted and whatever fails", () => {
  test("answers every submission exactly once", () =>
    always(async (scenario) => {
      const { answered } = await play(scenario);
      expect(answered.map(({ times }) => times)).toEqual(answered.map(() => 1));
    }));

  test("gives each row its own outcome, and only after the flush that holds it", () =>
    always(async (scenario) => {
      const { answered, flushed } = await play(scenario);
      const stored = new Set(flushed.flatMap(({ rows, failed }) => (failed ? [] : rows)));
      for (const { rows, outcomes } of answered) {
        if (!outcomes) continue;
        expect(outcomes).toEqual(rows.map(outcomeOf));
        expect(rows.every((row) => stored.has(row))).toBe(true);
      }
    }));

  test("flushes in order of arrival, each row at most once, one flush at a time, within its size", () =>
    always(async (scenario) => {
      const { flushed, mostAtOnce } = await play(scenario);
      const rows = flushed.flatMap((flush) => flush.rows);
      expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
      expect(mostAtOnce).toBeLessThanOrEqual(1);
      for (const flush of flushed) {
        expect(flush.rows.length).toBeGreaterThan(0);
        expect(flush.rows.length).toBeLessThanOrEqual(scenario.maxRowsPerFlush);
      }
    }));

  test("fails exactly the submissions that were in a failed flush, and stores nothing behind that answer", () =>
    always(async (scenario) => {
      const { answered, flushed } = await play(scenario);
      for (const { rows, outcomes, error } of answered) {
        const failedAt = flushed.findIndex(
          (flush) => flush.failed && flush.rows.some((row) => rows.includes(row)),
        );
        if (error instanceof QueueFull) {
          expect(flushed.some((flush) => flush.rows.some((row) => rows.includes(row)))).toBe(false);
        } else {
          expect(error).toBe(failedAt >= 0 ? boom : undefined);
          expect(outcomes === undefined).toBe(failedAt >= 0);
          if (failedAt < 0) continue;
          const later = flushed.slice(failedAt + 1).flatMap((flush) => flush.rows);
          expect(later.some((row) => rows.includes(row))).toBe(false);
        }
      }
    }));

  test("refuses a submission only when rows wait and there is no room for it", () =>
    always(async ({ submissions, ...scenario }) => {
      const burst = submissions.map(({ rows }) => ({ rows, gap: 0 }));
      const { answered } = await play({ ...scenario, submissions: burst });
      let waiting = 0;
      for (const { rows, error } of answered) {
        const fits = waiting === 0 || waiting + rows.length <= scenario.maxWaitingRows;
        expect(error instanceof QueueFull).toBe(rows.length > 0 && !fits);
        if (fits) waiting += rows.length;
      }
    }));
});

describe("group commit", () => {
  const options = { maxRowsPerFlush: 1000, maxWaitingRows: 1000 };

  test("puts what arrives during a flush into the next one", async () => {
    let release = () => {};
    const flushed: number[][] = [];
    const commit = new GroupCommit(async (rows: number[]) => {
      flushed.push(rows);
      if (flushed.length === 1) await new Promise<void>((resolve) => (release = resolve));
      return rows;
    }, options);
    const first = commit.submit([1]);
    while (flushed.length === 0) await nextTurn();
    const rest = [commit.submit([2]), commit.submit([3, 4]), commit.submit([5])];
    release();
    expect(await first).toEqual([1]);
    expect(await Promise.all(rest)).toEqual([[2], [3, 4], [5]]);
    expect(flushed).toEqual([[1], [2, 3, 4, 5]]);
  });

  test("goes on after an outage", async () => {
    let away = true;
    const commit = new GroupCommit(async (rows: number[]) => {
      if (away) throw boom;
      return rows;
    }, options);
    await expect(commit.submit([1])).rejects.toBe(boom);
    away = false;
    expect(await commit.submit([2])).toEqual([2]);
  });
});

test("a lane is full while it would not take one row more, and no longer", async () => {
  let finish = () => {};
  const underWay = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const flush = async (rows: number[]) => {
    await underWay;
    return rows.map(outcomeOf);
  };
  const lane = new GroupCommit(flush, { maxRowsPerFlush: 2, maxWaitingRows: 4 });
  const first = lane.submit([1, 2]);
  await nextTurn();
  const second = lane.submit([3, 4, 5]);
  expect(lane.isFull).toBe(false);
  const third = lane.submit([6]);
  expect(lane.isFull).toBe(true);
  await expect(lane.submit([7])).rejects.toBeInstanceOf(QueueFull);
  finish();
  await Promise.all([first, second, third]);
  expect(lane.isFull).toBe(false);
});
