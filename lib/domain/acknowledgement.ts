import { z } from "zod";
import { expecting } from "./fields";

/** Lines and tabs are part of a comment, other control characters are not. */
const NOT_TEXT = /[^\P{Cc}\n\r\t]/u;

/** What an operator says when taking note of an alert; nothing at all is fine too. */
export const Acknowledgement = z
  .object(
    {
      comment: z
        .string(expecting("Must be text."))
        .trim()
        .refine((text) => [...text].length <= 2_000, "At most 2000 characters.")
        .refine(
          (text) => text.isWellFormed() && !NOT_TEXT.test(text),
          "Must not contain control characters.",
        )
        .nullish()
        .transform((text) => text || null),
    },
    expecting("Must be an object."),
  )
  .optional()
  .transform((given) => given ?? { comment: null });
export type Acknowledgement = z.infer<typeof Acknowledgement>;
