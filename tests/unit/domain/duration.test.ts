import { expect, test } from "vitest";
import { duration, exactDuration } from "@/lib/domain/values/duration";

test.each([
  [45_000, "45 s"],
  [12 * 60_000, "12 min"],
  [60 * 60_000, "1 h"],
  [185 * 60_000, "3 h 5 min"],
  [52 * 3_600_000, "2 d 4 h"],
  [-5, "0 s"],
])("%d ms last %s", (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test.each([
  [0, "0 s"],
  [45, "45 s"],
  [60, "1 min"],
  [90, "1 min 30 s"],
  [1200, "20 min"],
  [5400, "1 h 30 min"],
  [86_400, "1 d"],
  [90_061, "1 d 1 h 1 min 1 s"],
])("a limit of %d s is %s, exactly", (seconds, words) => {
  expect(exactDuration(seconds)).toBe(words);
});
