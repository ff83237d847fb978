import { expect, test } from "vitest";
import { ReplayError } from "@/scripts/replay/replay-error";
import { Latency } from "@/scripts/simulate/latency";
import { Outbox } from "@/scripts/simulate/outbox";

type Call = { rows: unknown[]; answer: (body: object) => void; fail: (error: Error) => void };

/** An outbox whose calls the test answers. */
function outbox() {
  const calls: Call[] = [];
  const post = (_path: string, rows: unknown) =>
    new Promise<{ status: number; body: object; attempts: number }>((resolve, reject) => {
      const answer = (body: object) => resolve({ status: 201, body, attempts: 1 });
      calls.push({ rows: rows as unknown[], answer, fail: reject });
    });
  return { calls, box: new Outbox<number>("telemetry", "api/x/bulk", { post }, new Latency()) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const stored = (created: number) => ({ created, duplicates: 0, errors: [] });

test("what comes while a call is under way goes with the next one, in order", async () => {
  const { calls, box } = outbox();
  box.add([1, 2]);
  box.add([3]);
  box.add([4, 5]);
  expect(calls.map(({ rows }) => rows)).toEqual([[1, 2]]);
  calls[0]!.answer(stored(2));
  await turn();
  expect(calls.map(({ rows }) => rows)).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
  calls[1]!.answer(stored(3));
  await box.drain();
  expect(box.tally).toMatchObject({ rows: 5, sent: 5, created: 5 });
});

test("duplicates count as stored, refusals by their reason", async () => {
  const { calls, box } = outbox();
  box.add([1, 2, 3]);
  const duplicate = {
    index: 1,
    errors: { timestamp: ["Duplicate: this message is stored already."] },
  };
  const refused = {
    index: 2,
    errors: { timestamp: ["Must not be more than 60 s in the future."] },
  };
  calls[0]!.answer({ created: 1, duplicates: 1, errors: [duplicate, refused] });
  await box.drain();
  expect(box.tally).toMatchObject({ created: 1, duplicates: 1, refused: 1 });
  expect([...box.tally.reasons]).toEqual([
    ["timestamp: Must not be more than 60 s in the future.", 1],
  ]);
});

test("an outage loses the oldest messages only beyond what can be held back, and says how many", async () => {
  const { calls, box } = outbox();
  box.add([0]);
  box.add(Array.from({ length: 200_003 }, (_, i) => i + 1));
  expect(box.lost).toBe(3);
  calls[0]!.answer(stored(1));
  await turn();
  expect(calls[1]!.rows.slice(0, 2)).toEqual([4, 5]);
  expect(calls[1]!.rows).toHaveLength(5000);
});

test("a call that fails for good is told at the next look and ends the sending", async () => {
  const { calls, box } = outbox();
  box.add([1]);
  await box.requireHealth();
  calls[0]!.fail(new ReplayError("the key was revoked"));
  await turn();
  await expect(box.requireHealth()).rejects.toThrow("the key was revoked");
  box.add([2]);
  expect(calls).toHaveLength(1);
  await expect(box.drain()).rejects.toThrow("the key was revoked");
});

test("quantiles are right to within a twentieth", () => {
  const latency = new Latency();
  expect(latency.quantile(0.5)).toBeNull();
  for (let ms = 1; ms <= 1000; ms++) latency.add(ms);
  for (const share of [0.5, 0.99]) {
    const value = latency.quantile(share)!;
    expect(value / (share * 1000)).toBeGreaterThan(0.99);
    expect(value / (share * 1000)).toBeLessThan(1.06);
  }
});
