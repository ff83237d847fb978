import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { DEFAULT_LIMITS } from "@/lib/domain/devices/limits";
import type { IngestRow, Outcome } from "@/lib/server/ingest/ingest-row";
import { isolatingBadRows } from "@/lib/server/ingest/isolate-rows";

// The log asks the configuration how much it says.
beforeAll(() => void vi.stubEnv("DATABASE_URL", "postgres://127.0.0.1/none"));

const row = (id: number, timestamp = 0): IngestRow => ({
  device: {
    ...{ id, code: `D${id}`, zoneId: 1, facilityId: 1, retired: false },
    ...{ limits: DEFAULT_LIMITS, anyMessageCounts: false },
  },
  timestamp,
});
const rows = (count: number, from = 1) => Array.from({ length: count }, (_, n) => row(from + n));
const failure = (code?: string) => Object.assign(new Error("refused"), code ? { code } : {});

/** A store that throws `error` for any statement with a row of one of these devices. */
function store(bad: ReadonlySet<number>, error: unknown = failure("21000")) {
  const stored: IngestRow[] = [];
  let calls = 0;
  let forgotten = 0;
  const flush = isolatingBadRows<IngestRow>(
    async (some) => {
      calls += 1;
      if (some.some(({ device }) => bad.has(device.id))) throw error;
      stored.push(...some);
      return some.map((): Outcome => "created");
    },
    () => {
      forgotten += 1;
    },
  );
  return { flush, stored, calls: () => calls, forgotten: () => forgotten };
}

const expected = (some: IngestRow[], bad: ReadonlySet<number>) =>
  some.map(({ device }) => (bad.has(device.id) ? "failed" : "created"));

describe("a row that can't be stored", () => {
  it.each([
    ["a conflict inside the statement", failure("21000")],
    ["a value out of range", failure("22003")],
    ["a constraint", failure("23514")],
    ["a table that is missing", failure("42P01")],
    ["an exception of a trigger", failure("P0001")],
    ["an internal error of Postgres", failure("XX000")],
    ["an error of our own code", new TypeError("x is undefined")],
    ["an error that is no object", "refused"],
  ])("fails alone: %s", async (_, error) => {
    const bad = new Set([3, 700]);
    const { flush, stored } = store(bad, error);
    const some = rows(1_000);
    expect(await flush(some)).toEqual(expected(some, bad));
    expect(stored).toHaveLength(998);
  });

  it("leaves every other row stored once, in its order and with its own outcome", async () => {
    const message = fc.record({ id: fc.integer({ min: 1, max: 12 }), time: fc.nat({ max: 50 }) });
    const property = fc.asyncProperty(
      fc.array(fc.array(message, { minLength: 1, maxLength: 60 }), { maxLength: 5 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
      async (flushes, badIds) => {
        const bad = new Set(badIds);
        const { flush, stored } = store(bad);
        for (const messages of flushes) {
          const some = messages.map(({ id, time }) => row(id, time));
          const outcomes = await flush(some);
          // Only rows of a device known to fail may be put off.
          for (const [i, outcome] of outcomes.entries()) {
            const { id } = some[i]!.device;
            expect(bad.has(id) ? ["failed", "busy"] : ["created"]).toContain(outcome);
          }
        }
        const all = flushes.flat().filter(({ id }) => !bad.has(id));
        for (const id of new Set(all.map((one) => one.id))) {
          const times = (of: { time: number }[]) => of.map(({ time }) => time);
          expect(
            stored.filter(({ device }) => device.id === id).map(({ timestamp }) => timestamp),
          ).toEqual(times(all.filter((one) => one.id === id)));
        }
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });

  it("holds no other device up when it comes again", async () => {
    const bad = new Set([500]);
    const { flush, calls } = store(bad);
    const some = rows(1_000);
    await flush(some);
    const first = calls();
    expect(await flush(some)).toEqual(expected(some, bad));
    // All others in one statement, the one at fault tried twice.
    expect(calls() - first).toBe(3);
  });

  it("costs a bounded number of statements, also when every row fails; what is left comes again", async () => {
    const bad = new Set(Array.from({ length: 1_000 }, (_, n) => n + 1));
    const { flush, calls } = store(bad);
    const outcomes = await flush(rows(1_000));
    expect(calls()).toBeLessThanOrEqual(256);
    expect(new Set(outcomes)).toEqual(new Set(["failed", "busy"]));
    const first = calls();
    const found = outcomes.filter((outcome) => outcome === "failed").length;
    expect(await flush([...rows(found), ...rows(100, 2_001)])).toEqual(
      expect.arrayContaining(["created"]),
    );
    expect(calls() - first).toBeLessThanOrEqual(33);
  });

  it("is tried once more with nothing remembered of the database", async () => {
    const bad = new Set([1]);
    const { flush, forgotten } = store(bad);
    await flush(rows(8));
    expect(forgotten()).toBe(1);
  });
});

describe("an outage", () => {
  it.each([
    ["CONNECTION_CLOSED"],
    ["ECONNRESET"],
    ["08006"],
    ["28P01"],
    ["53100"],
    ["57014"],
    ["57P01"],
    ["58030"],
    ["25006"],
    ["55P03"],
  ])("fails the flush as a whole at once: %s", async (code) => {
    const { flush, calls } = store(new Set([3]), failure(code));
    await expect(flush(rows(100))).rejects.toThrow("refused");
    expect(calls()).toBe(1);
  });

  it("is also any error of a socket", async () => {
    const broken = Object.assign(new Error("refused"), { code: "EWHATEVER", errno: -1 });
    const { flush, calls } = store(new Set([3]), broken);
    await expect(flush(rows(100))).rejects.toThrow("refused");
    expect(calls()).toBe(1);
  });

  it("is also a deadlock that comes back every time", async () => {
    const { flush, calls } = store(new Set([3]), failure("40P01"));
    await expect(flush(rows(100))).rejects.toThrow("refused");
    expect(calls()).toBe(5);
  });
});
