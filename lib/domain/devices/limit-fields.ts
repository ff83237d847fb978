import { z } from "zod";

const DAY_SECONDS = 86_400;
const wholeNumber = (from: number, to: number) =>
  z.int("Must be a whole number.").min(from, `At least ${from}.`).max(to, `At most ${to}.`);
const positive = () => z.number("Must be a finite number.").positive("Must be positive.");

/** Limit settings on the wire; null takes a setting back. */
export const LimitFields = {
  offline_after_seconds: wholeNumber(1, 365 * DAY_SECONDS).nullish(),
  high_power_w: positive().nullish(),
  max_current_a: positive().nullish(),
  max_voltage_v: positive().nullish(),
  normal_readings_to_resolve: wholeNumber(1, 1000).nullish(),
  reopen_within_seconds: wholeNumber(0, 30 * DAY_SECONDS).nullish(),
};
