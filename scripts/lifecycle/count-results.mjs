import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** @typedef {{ status: string, assertionResults: { status: string }[] }} FileResult */

/**
 * Counts tests, and as one each: a test file that could not even be run, a run that failed without
 * a failed test, the type check, the lint.
 * @param {{ vitest: { testResults: FileResult[] } | undefined, codes: { tests: number, typecheck: number, lint: number } }} results
 */
export function countResults({ vitest, codes }) {
  const files = vitest?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults.map((test) => test.status));
  const broken = files.filter(
    (file) => file.status === "failed" && !file.assertionResults.some(isFailed),
  );
  const checks = [codes.typecheck, codes.lint];
  const passed = tests.filter((status) => status === "passed").length;
  const failed = tests.filter((status) => status === "failed").length + broken.length;
  const unexplained = failed === 0 && codes.tests !== 0 ? 1 : 0;
  return {
    passed: passed + checks.filter((code) => code === 0).length,
    failed: failed + unexplained + checks.filter((code) => code !== 0).length,
  };
}

/** @param {{ status: string }} test */
function isFailed(test) {
  return test.status === "failed";
}

/** @param {string} folder where .ci/run left the exit codes and vitest's report */
function readResults(folder) {
  const code = (/** @type {string} */ name) =>
    Number(readFileSync(path.join(folder, name), "utf8").trim());
  const codes = { tests: code("tests"), typecheck: code("typecheck"), lint: code("lint") };
  try {
    return { vitest: JSON.parse(readFileSync(path.join(folder, "vitest.json"), "utf8")), codes };
  } catch {
    // No report: the tests never ran, which their exit code says.
    return { vitest: undefined, codes: { ...codes, tests: codes.tests || 1 } };
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { passed, failed } = countResults(readResults(process.argv[2] ?? "."));
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
