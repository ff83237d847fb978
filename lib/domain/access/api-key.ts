import { z } from "zod";
import { NO_TIMESTAMP, parseTimestamp } from "../messages/timestamp";
import { expecting, Id, message, plainText } from "../values/fields";
import { SCOPES } from "./access";

const Scopes = z
  .array(
    z.enum(SCOPES, `Must be one of ${SCOPES.join(", ")}.`),
    expecting("Must be a list of scopes."),
  )
  .min(1, "Give at least one scope.")
  .transform((scopes) => SCOPES.filter((scope) => scopes.includes(scope)));

/** When a key ends; null never. */
const ExpiresAt = z
  .string(expecting("Must be text."))
  .max(64)
  .transform((text, context) => {
    const ms = parseTimestamp(text.trim());
    if (ms !== null) return new Date(ms);
    context.addIssue({ code: "custom", message: NO_TIMESTAMP });
    return z.NEVER;
  })
  .nullish();

/** A key as it is asked for; without a place it reaches all that its maker reaches. */
export const ApiKeyMessage = message({
  name: plainText(200),
  scopes: Scopes,
  facility_id: Id.nullish(),
  zone_id: Id.nullish(),
  device_id: Id.nullish(),
  expires_at: ExpiresAt,
}).superRefine(({ facility_id, zone_id, device_id }, context) => {
  const named = Object.entries({ facility_id, zone_id, device_id }).filter(
    ([, value]) => typeof value === "number",
  );
  if (named.length < 2) return;
  for (const [field] of named) {
    const message = "Give only one of facility_id, zone_id, device_id.";
    context.addIssue({ code: "custom", path: [field], message });
  }
});
export type ApiKeyMessage = z.infer<typeof ApiKeyMessage>;

/** What may change of a key; null takes the end away. */
export const ApiKeyChange = message({ name: plainText(200).optional(), expires_at: ExpiresAt });
export type ApiKeyChange = z.infer<typeof ApiKeyChange>;

const MAX_OVERLAP_SECONDS = 30 * 86_400;

/** How long the old secret goes on beside the new one, in seconds; a day unless told otherwise. */
export const ApiKeyRotation = message({
  overlap_seconds: z
    .int(expecting("Must be a whole number."))
    .min(0, "Must not be negative.")
    .max(MAX_OVERLAP_SECONDS, `At most ${MAX_OVERLAP_SECONDS}.`)
    .default(86_400),
}).prefault({});
export type ApiKeyRotation = z.infer<typeof ApiKeyRotation>;
