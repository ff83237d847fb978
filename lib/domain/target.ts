import { z } from "zod";
import { Code, expecting, Id, LocalDate } from "./fields";

const MAX_TARGET = 2 ** 31 - 1;

const TargetValue = z
  .int(expecting("Must be a whole number."))
  .min(0, "Must not be negative.")
  .max(MAX_TARGET, `At most ${MAX_TARGET}.`);

/** Expected number of parking logs of one zone or one device on a local date, as it is sent. */
export const TargetMessage = z
  .object(
    {
      scope: z.enum(["zone", "device"], 'Must be "zone" or "device".').nullish(),
      zone_id: Id.nullish(),
      device_id: Id.nullish(),
      device_code: Code.nullish(),
      date: LocalDate,
      target_value: TargetValue,
    },
    expecting("Must be an object."),
  )
  .superRefine((message, context) => {
    const { zone_id, device_id, device_code } = message;
    const named = Object.entries({ zone_id, device_id, device_code })
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([field]) => field);
    const issue = (field: string, text: string) =>
      context.addIssue({ code: "custom", path: [field], message: text });
    if (named.length === 0) {
      issue("zone_id", "Give one of zone_id, device_id and device_code.");
    } else if (named.length > 1) {
      for (const field of named) issue(field, "Give only one of zone_id, device_id, device_code.");
    } else if (message.scope && (message.scope === "zone") !== (named[0] === "zone_id")) {
      issue("scope", `Does not agree with ${named[0]}.`);
    }
  });
export type TargetMessage = z.infer<typeof TargetMessage>;

/** What is to change of a target; fields left out stay. */
export const TargetChange = z.object(
  { date: LocalDate.optional(), target_value: TargetValue.optional() },
  expecting("Must be an object."),
);
export type TargetChange = z.infer<typeof TargetChange>;

/** Where a list of targets, newest date first, goes on. */
export const TargetCursor = z.object({ date: LocalDate, id: Id });
export type TargetCursor = z.infer<typeof TargetCursor>;

/** Query parameters of the list of targets. */
export const TargetParams = {
  date: LocalDate.optional(),
  date_from: LocalDate.optional(),
  date_to: LocalDate.optional(),
};
