import { afterEach, expect, test, vi } from "vitest";
import { databaseFailure, describe, keepUrlSecret, redact } from "@/scripts/lifecycle/failure.mjs";

const URL_WITH_SECRET = "postgres://bob:p%40ss-word@db.example:5433/parking";

afterEach(() => vi.unstubAllEnvs());

test("a database password is never printed, plain, encoded or inside an address", () => {
  keepUrlSecret(URL_WITH_SECRET);
  const shown = redact(`p@ss-word p%40ss-word ${URL_WITH_SECRET} postgres://eve:other@h/x`);
  expect(shown).not.toMatch(/p@ss-word|p%40ss-word|other/);
});

test("an error is one paragraph without a stack", () => {
  vi.stubEnv("DEBUG", "");
  expect(describe(new Error("It is broken."))).toBe("It is broken.");
});

test("an error of several addresses tried names each of them", () => {
  vi.stubEnv("DEBUG", "");
  const error = new AggregateError([new Error("::1 refused"), new Error("127.0.0.1 refused")]);
  expect(describe(error)).toBe("::1 refused; 127.0.0.1 refused");
});

test.each([
  ["ECONNREFUSED", "No Postgres answers at db.example:5433"],
  ["28P01", "refused the user or password"],
  ["3D000", "create it first"],
  ["XX000", "could not be used: odd"],
])("a database error %s says what to do", (code, text) => {
  const failure = databaseFailure(Object.assign(new Error("odd"), { code }), URL_WITH_SECRET);
  expect(failure.message).toContain(text);
});
