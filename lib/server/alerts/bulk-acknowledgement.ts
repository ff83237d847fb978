import { z } from "zod";
import { AcknowledgementComment, AlertIds } from "@/lib/domain/alerts/acknowledgement";
import { message } from "@/lib/domain/values/fields";
import type { ReadContext } from "@/lib/server/context";
import { resolveScope } from "@/lib/server/scope/resolve-scope";
import { AlertFilterParams } from "./alert-filters";
import type { AlertChoice } from "./choose-alerts";

const Instant = z.iso
  .datetime({ offset: true, error: "Must be an ISO 8601 date and time with its offset." })
  .transform((text) => new Date(text));

/** Taking note of many alerts: by id, or all that match filters as of when someone looked. */
export const BulkAcknowledgement = message({
  ids: AlertIds.optional(),
  matching: message(AlertFilterParams).optional(),
  as_of: Instant.optional(),
  comment: AcknowledgementComment,
}).refine(({ ids, matching }) => (ids === undefined) !== (matching === undefined), {
  path: ["ids"],
  message: "Give either ids or matching.",
});
export type BulkAcknowledgement = z.infer<typeof BulkAcknowledgement>;

/** The alerts that a message means. @throws Problem 400 for a place that does not exist */
export async function choiceOf(
  context: ReadContext,
  { ids, matching, as_of }: BulkAcknowledgement,
): Promise<AlertChoice> {
  if (!matching) return { ids: ids ?? [] };
  const { facility, zone, device, ...filters } = matching;
  const scope = await resolveScope(context, { facility, zone, device });
  return { matching: { ...scope, ...filters }, asOf: as_of };
}
