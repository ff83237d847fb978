import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GroupCommit } from "@/lib/server/ingest/group-commit";
import { QueueFull } from "@/lib/server/ingest/queue-room";

type Scenario = {
  maxRowsPerFlush: number;
  maxWaitingRows: number;
  devices: number;
  /** Whose it is, how many rows it has, and how many turns of the event loop pass before the next. */
  submissions: { sender: number; rows: number; gap: number }[];
  /** How many turns each flush takes; taken in turn, from the first again after the last. */
  flushes: { turns: number; fails: boolean }[];
};

const boom = new Error("the database is away");
const outcomeOf = (row: number) => `stored ${row}`;

const scenarios: fc.Arbitrary<Scenario> = fc.record({
  maxRowsPerFlush: fc.integer({ min: 1, max: 6 }),
  maxWaitingRows: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(1000)),
  devices: fc.integer({ min: 1, max: 30 }),
  submissions: fc.array(
    fc.record({
      sender: fc.nat({ max: 3 }),
      rows: fc.integer({ min: 0, max: 15 }),
      gap: fc.integer({ min: 0, max: 3 }),
    }),
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

/** Scatters the rows over the devices, the same way each time. */
const deviceAmong = (devices: number) => (row: number) => (((row + 1) * 7919) % 97) % devices;

/** Rows are numbered in order of submission. */
async function play({ submissions, flushes, devices, ...options }: Scenario) {
  const { flush, flushed, mostAtOnce } = recordingFlush(flushes);
  const commit = new GroupCommit(flush, { ...options, deviceOf: deviceAmong(devices) });
  let next = 0;
  const pending: Promise<void>[] = [];
  const answered: Answered[] = [];
  for (const { sender, rows: count, gap } of submissions) {
    const answer: Answered = { rows: Array.from({ length: count }, () => next++), times: 0 };
    answered.push(answer);
    const settle = (result: Partial<Answered>) => {
      Object.assign(answer, result, { times: answer.times + 1 });
    };
    pending.push(
      commit.submit(answer.rows, `sender ${sender}`).then(
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

  test("flushes each row at most once, one flush at a time, within its size", () =>
    always(async (scenario) => {
      const { flushed, mostAtOnce } = await play(scenario);
      const rows = flushed.flatMap((flush) => flush.rows);
      expect(new Set(rows).size).toBe(rows.length);
      expect(mostAtOnce).toBeLessThanOrEqual(1);
      for (const flush of flushed) {
        expect(flush.rows.length).toBeGreaterThan(0);
        expect(flush.rows.length).toBeLessThanOrEqual(scenario.maxRowsPerFlush);
      }
    }));

  test("flushes the rows of each device in order of arrival, anyone who sends them", () =>
    always(async (scenario) => {
      const { flushed } = await play(scenario);
      const deviceOf = deviceAmong(scenario.devices);
      const rows = flushed.flatMap((flush) => flush.rows);
      for (let device = 0; device < scenario.devices; device++) {
        const ofDevice = rows.filter((row) => deviceOf(row) === device);
        expect(ofDevice).toEqual([...ofDevice].sort((a, b) => a - b));
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

  test("refuses a bulk only when its sender would have more than it leaves free, a row when all is full", () =>
    always(async ({ submissions, ...scenario }) => {
      const burst = submissions.map((submission) => ({ ...submission, gap: 0 }));
      const { answered } = await play({ ...scenario, submissions: burst });
      const own = [0, 0, 0, 0];
      let waiting = 0;
      for (const [i, { rows, error }] of answered.entries()) {
        const { sender } = burst[i]!;
        const free = scenario.maxWaitingRows - waiting - rows.length;
        const most = rows.length === 1 ? free : free - own[sender]! - rows.length;
        const fits = waiting === 0 || most >= 0;
        expect(error instanceof QueueFull).toBe(rows.length > 0 && !fits);
        if (!fits) continue;
        waiting += rows.length;
        own[sender]! += rows.length;
      }
    }));
});

/** A lane whose flushes wait until they are let go, in order; each row is a device of its own. */
function heldLane(
  options = { maxRowsPerFlush: 1000, maxWaitingRows: 1000 },
  deviceOf = (row: number) => row,
) {
  const flushed: number[][] = [];
  const held: (() => void)[] = [];
  const commit = new GroupCommit(
    async (rows: number[]) => {
      flushed.push(rows);
      await new Promise<void>((resolve) => held.push(resolve));
      return rows;
    },
    { ...options, deviceOf },
  );
  /** Lets the next flush go, once it has begun. */
  const release = async () => {
    while (held.length === 0) await nextTurn();
    held.shift()!();
  };
  return { commit, flushed, release };
}

const list = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

describe("group commit", () => {
  test("puts what arrives during a flush into the next one", async () => {
    const { commit, flushed, release } = heldLane();
    const first = commit.submit([1], "A");
    while (flushed.length === 0) await nextTurn();
    const rest = [commit.submit([2], "A"), commit.submit([3], "B"), commit.submit([4], "A")];
    await release();
    expect(await first).toEqual([1]);
    await release();
    expect(await Promise.all(rest)).toEqual([[2], [3], [4]]);
    expect(flushed).toEqual([[1], [2, 4, 3]]);
  });

  test("gives every sender an equal part of a flush, and what one does not need to the others", async () => {
    const { commit, flushed, release } = heldLane({ maxRowsPerFlush: 10, maxWaitingRows: 1000 });
    const bulks = [commit.submit(list(100, 18), "A"), commit.submit(list(200, 12), "B")];
    const small = commit.submit([300, 301], "C");
    await release();
    expect(await small).toEqual([300, 301]);
    await release();
    await release();
    await release();
    await Promise.all(bulks);
    expect(flushed.map((rows) => rows.length)).toEqual([10, 10, 10, 2]);
    const ofA = flushed.map((rows) => rows.filter((row) => row < 200).length);
    expect(ofA).toEqual([4, 5, 7, 2]);
  });

  test("takes a single row before what waits of its sender's bulk", async () => {
    const { commit, flushed, release } = heldLane({ maxRowsPerFlush: 4, maxWaitingRows: 1000 });
    const bulk = commit.submit(list(100, 10), "A");
    const single = commit.submit([1], "A");
    await release();
    expect(await single).toEqual([1]);
    expect(flushed[0]).toContain(1);
    for (let n = 0; n < 2; n++) await release();
    await bulk;
  });

  test("lets no row pass an earlier one of its device", async () => {
    const options = { maxRowsPerFlush: 2, maxWaitingRows: 1000 };
    const { commit, flushed, release } = heldLane(options, (row) => row % 10);
    const bulk = commit.submit([10, 11, 12, 13], "A");
    const later = commit.submit([23], "B");
    for (let n = 0; n < 3; n++) await release();
    await Promise.all([bulk, later]);
    expect(flushed).toEqual([[10, 11], [12, 13], [23]]);
  });

  test("goes on after an outage", async () => {
    let away = true;
    const commit = new GroupCommit(
      async (rows: number[]) => {
        if (away) throw boom;
        return rows;
      },
      { maxRowsPerFlush: 1000, maxWaitingRows: 1000, deviceOf: (row) => row },
    );
    await expect(commit.submit([1], "A")).rejects.toBe(boom);
    away = false;
    expect(await commit.submit([1], "A")).toEqual([1]);
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
  const options = { maxRowsPerFlush: 2, maxWaitingRows: 4, deviceOf: (row: number) => row };
  const lane = new GroupCommit(flush, options);
  const first = lane.submit([1, 2], "A");
  await nextTurn();
  const second = lane.submit([3, 4, 5], "A");
  expect(lane.isFull).toBe(false);
  const third = lane.submit([6], "A");
  expect(lane.isFull).toBe(true);
  await expect(lane.submit([7], "A")).rejects.toBeInstanceOf(QueueFull);
  finish();
  await Promise.all([first, second, third]);
  expect(lane.isFull).toBe(false);
});
