import { z } from "zod";
import { CODE_LENGTH, hasAtMost, isPlainText } from "./plain-text";
import type { FieldErrors } from "./problem";

/** Says "Required." for a missing value and the given sentence for one of the wrong kind. */
export const expecting = (sentence: string) => ({
  error: (issue: { input?: unknown }) => (issue.input === undefined ? "Required." : sentence),
});

/** Text of 1 to `max` characters without control characters; spaces around it are cut off. */
export const plainText = (max: number) => limited(trimmed(), max);

const trimmed = () => z.string(expecting("Must be text.")).trim();

const limited = (text: z.ZodString, max: number) =>
  text
    .min(1, "Must not be empty.")
    .refine((text) => hasAtMost(text, max), `At most ${max} characters.`)
    .refine(isPlainText, "Must not contain control characters.");

const composed = () => trimmed().overwrite((text) => text.normalize());

/** Code of something that should be there, exactly as it was sent: of messages and cursors. */
export const CodeText = plainText(CODE_LENGTH);

/** Code of something that should be there; letters with marks as new codes have them (NFC). */
export const CodeSought = limited(composed(), CODE_LENGTH);

/**
 * Without a shape of their own, or any space but the usual one: two codes would look the same. What
 * makes an emoji of a symbol (U+FE0F) is seen.
 */
const INVISIBLE =
  /(?!\ufe0f)[\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?<!\p{Extended_Pictographic})\ufe0f|[^\S ]/u;

/**
 * Code that a facility, zone or device is given: composed (NFC) and without invisible characters
 * (docs/decisions/codes-that-look-alike.md).
 */
export const Code = limited(composed(), CODE_LENGTH).refine((text) => !INVISIBLE.test(text), {
  error: ({ input }) => {
    const found = INVISIBLE.exec(String(input))?.[0].codePointAt(0) ?? 0;
    const name = `U+${found.toString(16).toUpperCase().padStart(4, "0")}`;
    return `Must not contain invisible characters (${name}).`;
  },
});

export const finiteNumber = () => z.number(expecting("Must be a finite number."));
export const notNegative = () => finiteNumber().min(0, "Must not be negative.");
export const Id = z
  .int(expecting("Must be a whole number."))
  .positive("Must be positive.")
  .max(2 ** 31 - 1, "No such id.");

/** The id in a path; null for any other text. */
export function idIn(text: unknown): number | null {
  return Id.safeParse(/^\d{1,10}$/.test(String(text)) ? Number(text) : null).data ?? null;
}

/** A calendar date, YYYY-MM-DD. */
export const LocalDate = z.iso
  .date({
    error: (issue) => (issue.input === undefined ? "Required." : "Must be a date, YYYY-MM-DD."),
  })
  // Postgres knows no year 0.
  .refine((date) => date >= "0001", "Must be a date, YYYY-MM-DD.");
export type LocalDate = string;

/**
 * A message that changes something: an object of just these fields. One that is misspelt is refused,
 * as leaving it out can mean the opposite of what was meant (a filter that filters nothing).
 */
export const message = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, expecting("Must be an object."));

/** For a call that takes nothing but its address: an empty body, or an empty object. */
export const NoFields = message({}).optional();

/** The issues of a failed zod parse by field, `body` for the value as a whole. */
export function fieldErrors(error: z.ZodError): FieldErrors {
  // A map, as a sender chooses these names: `constructor` is one of them, not a list.
  const errors = new Map<string, string[]>();
  const add = (path: PropertyKey[], text: string) => {
    const field = path.length === 0 ? "body" : path.join(".");
    errors.set(field, [...(errors.get(field) ?? []), text]);
  };
  for (const issue of error.issues) {
    if (issue.code !== "unrecognized_keys") add(issue.path, issue.message);
    else for (const key of issue.keys.slice(0, 20)) add([...issue.path, key], "Unknown field.");
  }
  return Object.fromEntries(errors);
}
