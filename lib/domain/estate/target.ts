import { z } from "zod";
import { blankIsNone, type ListFormat } from "../values/csv-list";
import { CodeSought, expecting, Id, LocalDate, message } from "../values/fields";

const MAX_TARGET = 2 ** 31 - 1;

const TargetValue = z
  .int(expecting("Must be a whole number."))
  .min(0, "Must not be negative.")
  .max(MAX_TARGET, `At most ${MAX_TARGET}.`);

/** Expected number of parking logs of one zone or one device on a local date, as it is sent. */
export const TargetMessage = message({
  scope: z.enum(["zone", "device"], 'Must be "zone" or "device".').nullish(),
  zone_id: Id.nullish(),
  device_id: Id.nullish(),
  device_code: CodeSought.nullish(),
  date: LocalDate,
  target_value: TargetValue,
}).superRefine((message, context) => {
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
export const TargetChange = message({
  date: LocalDate.optional(),
  target_value: TargetValue.optional(),
});
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

const wholeNumber = z
  .string()
  .regex(/^\d{1,10}$/, "Must be a whole number.")
  .transform(Number)
  .pipe(TargetValue);

/** A row of a list of targets (CSV): for a device by its code, else for a zone of a facility. */
export const TargetRow = z
  .object({
    date: blankIsNone(LocalDate),
    facility: blankIsNone(CodeSought.optional()),
    zone: blankIsNone(CodeSought.optional()),
    device_code: blankIsNone(CodeSought.optional()),
    target_value: blankIsNone(wholeNumber),
  })
  .superRefine(({ facility, zone, device_code }, context) => {
    if (device_code !== undefined) return;
    const missing = Object.entries({ facility, zone }).filter(([, code]) => code === undefined);
    for (const [field] of missing) {
      const message = "Required for a zone's target; a device's has a device_code.";
      context.addIssue({ code: "custom", path: [field], message });
    }
  });
export type TargetRow = z.infer<typeof TargetRow>;

/** Lists of targets, as they are imported and exported. */
export const TARGET_LIST: ListFormat<TargetRow> = {
  row: TargetRow,
  columns: Object.keys(TargetRow.shape),
  required: ["date", "target_value"],
  aliases: {
    facility_code: "facility",
    zone_code: "zone",
    device: "device_code",
    target: "target_value",
  },
};

const Monday = LocalDate.refine(
  (date) => new Date(`${date}T00:00:00Z`).getUTCDay() === 1,
  "Must be a Monday.",
);

/** The targets of one week that are to hold in another one too; both named by their Monday. */
export const TargetCopy = message({
  /** Only of this facility. */
  facility_id: Id.nullish(),
  from: Monday,
  to: Monday,
  /** What happens to other targets that the week has already. */
  existing: z.enum(["keep", "replace"], 'Must be "keep" or "replace".').default("keep"),
  /** Counts, and writes nothing. */
  dry_run: z.boolean(expecting("Must be true or false.")).default(false),
}).refine(({ from, to }) => from !== to, { path: ["to"], message: "Must be another week." });
export type TargetCopy = z.infer<typeof TargetCopy>;
