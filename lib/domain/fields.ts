import { z } from "zod";
import type { FieldErrors } from "./problem";

/** Says "Required." for a missing value and the given sentence for one of the wrong kind. */
export const expecting = (sentence: string) => ({
  error: (issue: { input?: unknown }) => (issue.input === undefined ? "Required." : sentence),
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f]/;

const isPlainText = (text: string) => text.isWellFormed() && !CONTROL_CHARACTERS.test(text);

/** Text of 1 to `max` characters without control characters; spaces around it are cut off. */
export const plainText = (max: number) =>
  z
    .string(expecting("Must be text."))
    .trim()
    .min(1, "Must not be empty.")
    // Counted as Postgres does, an emoji as one; most texts are short enough without counting.
    .refine((text) => text.length <= max || [...text].length <= max, `At most ${max} characters.`)
    .refine(isPlainText, "Must not contain control characters.");

/** Code of a facility, zone or device. */
export const Code = plainText(128);

export const finiteNumber = () => z.number(expecting("Must be a finite number."));
export const notNegative = () => finiteNumber().min(0, "Must not be negative.");
export const Id = z
  .int(expecting("Must be a whole number."))
  .positive("Must be positive.")
  .max(2 ** 31 - 1, "No such id.");

/** A calendar date, YYYY-MM-DD. */
export const LocalDate = z.iso
  .date({
    error: (issue) => (issue.input === undefined ? "Required." : "Must be a date, YYYY-MM-DD."),
  })
  // Postgres knows no year 0.
  .refine((date) => date >= "0001", "Must be a date, YYYY-MM-DD.");
export type LocalDate = string;

/** The issues of a failed zod parse by field, `body` for the value as a whole. */
export function fieldErrors(error: z.ZodError): FieldErrors {
  const errors: FieldErrors = {};
  for (const issue of error.issues) {
    const field = issue.path.length === 0 ? "body" : issue.path.join(".");
    errors[field] = [...(errors[field] ?? []), issue.message];
  }
  return errors;
}
