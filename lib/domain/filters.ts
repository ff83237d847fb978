import { z } from "zod";

/** A yes or no in a query string. */
export const QueryFlag = z
  .enum(["true", "false"], "Must be true or false.")
  .transform((text) => text === "true");

/** Text to look for in codes and names; nothing but spaces is the same as none. */
export const Search = z
  .string()
  .trim()
  .max(200, "At most 200 characters.")
  // Postgres takes no such text; nothing that is stored could match it.
  .refine((text) => text.isWellFormed() && !text.includes("\u0000"), "Must be plain text.")
  .transform((text) => text || undefined);
