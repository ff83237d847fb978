import { z } from "zod";
import { isSearchable, SEARCH_LENGTH } from "./plain-text";

/** A yes or no in a query string. */
export const QueryFlag = z
  .enum(["true", "false"], "Must be true or false.")
  .transform((text) => text === "true");

/** Text to look for in codes and names; nothing but spaces is the same as none. */
export const Search = z
  .string()
  .trim()
  .max(SEARCH_LENGTH, `At most ${SEARCH_LENGTH} characters.`)
  .refine(isSearchable, "Must be plain text.")
  .transform((text) => text || undefined);
