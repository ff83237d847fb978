import { z } from "zod";
import { expecting, Id, message } from "../values/fields";
import { MOST_ALERTS_AT_ONCE } from "./alerting";

/** Lines and tabs are part of a comment, other control characters are not. */
const NOT_TEXT = /[^\P{Cc}\n\r\t]/u;

/** What an operator says when taking note of alerts; nothing at all is fine too. */
export const AcknowledgementComment = z
  .string(expecting("Must be text."))
  .trim()
  .refine((text) => [...text].length <= 2_000, "At most 2000 characters.")
  .refine(
    (text) => text.isWellFormed() && !NOT_TEXT.test(text),
    "Must not contain control characters.",
  )
  .nullish()
  .transform((text) => text || null);

/** Taking note of an alert. */
export const Acknowledgement = message({ comment: AcknowledgementComment })
  .optional()
  .transform((given) => given ?? { comment: null });
export type Acknowledgement = z.infer<typeof Acknowledgement>;

/** The alerts that a call is about. */
export const AlertIds = z
  .array(Id, expecting("Must be a list of ids."))
  .max(MOST_ALERTS_AT_ONCE, `At most ${MOST_ALERTS_AT_ONCE} at once.`);

/** Taking back that alerts were taken note of. */
export const Unacknowledgement = message({ ids: AlertIds });
