import { expect, test } from "vitest";
import { countResults } from "@/scripts/lifecycle/count-results.mjs";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((one) => ({ status: one })),
});
const fine = { tests: 0, typecheck: 0, lint: 0 };

test.each([
  ["tests, type check and lint count one each", [file("passed", "passed", "passed")], fine, 4, 0],
  ["a skipped test counts as neither", [file("passed", "passed", "pending")], fine, 3, 0],
  ["a failed test", [file("failed", "passed", "failed")], { ...fine, tests: 1 }, 3, 1],
  ["a file that could not be loaded", [file("failed")], { ...fine, tests: 1 }, 2, 1],
  [
    "a run that failed without a failed test",
    [file("passed", "passed")],
    { ...fine, tests: 1 },
    3,
    1,
  ],
  ["a failed type check and lint", [], { tests: 0, typecheck: 2, lint: 1 }, 0, 2],
])("%s", (_, testResults, codes, passed, failed) => {
  expect(countResults({ vitest: { testResults }, codes })).toEqual({ passed, failed });
});

test("tests that never ran are a failure", () => {
  expect(countResults({ vitest: undefined, codes: { ...fine, tests: 1 } })).toEqual({
    passed: 2,
    failed: 1,
  });
});
