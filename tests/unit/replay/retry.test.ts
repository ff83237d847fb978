import { expect, test } from "vitest";
import { backoffMs, isTransientFault, retryAfterMs } from "@/scripts/replay/retry";

test("waits double up to 5 s, and chance removes at most half", () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 1000].map((attempts) => backoffMs(attempts, () => 1));
  expect(longest).toEqual([200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
  expect(backoffMs(6, () => 0)).toBe(2500);
});

test.each([
  [null, null],
  ["0", 0],
  ["2", 2000],
  ["Thu, 01 Jan 2026 00:00:10 GMT", 10_000],
  ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
  ["soon", null],
])("Retry-After %j means %j ms", (header, ms) => {
  expect(retryAfterMs(header, Date.UTC(2026, 0, 1))).toBe(ms);
});

test.each([
  ["ECONNREFUSED", true],
  ["ECONNRESET", true],
  ["EAI_AGAIN", true],
  ["UND_ERR_SOCKET", true],
  ["ENOTFOUND", false],
  ["CERT_HAS_EXPIRED", false],
  [undefined, false],
])("whether a request is sent again after the fault %j: %j", (code, again) => {
  expect(isTransientFault(new TypeError("fetch failed", { cause: { code } }))).toBe(again);
});

test("a request that took too long is sent again", () => {
  expect(isTransientFault(new DOMException("too long", "TimeoutError"))).toBe(true);
});
