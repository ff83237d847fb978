import { utcTime } from "@/app/_ui/words/relative-age";

type Fields = Record<string, unknown> | null;

/** One field with its values in words; a side that did not exist is empty. */
export type FieldChange = { field: string; old: string; now: string };

/**
 * What an entry of the audit log says of each field, in words.
 * @param facilityNames by id, as entries hold ids
 */
export function fieldChanges(
  before: Fields,
  after: Fields,
  facilityNames: Map<number, string>,
): FieldChange[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const side = (values: Fields, field: string) =>
    values && field in values ? valueInWords(field, values[field], facilityNames) : "";
  return fields
    .map((field) => ({
      field: field.replaceAll("_", " "),
      old: side(before, field),
      now: side(after, field),
    }))
    .filter(({ old, now }) => before === null || after === null || old !== now);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

function valueInWords(field: string, value: unknown, facilityNames: Map<number, string>): string {
  const inWords = (part: unknown) => valueInWords(field, part, facilityNames);
  if (value === null) return field === "facility_ids" ? "all" : "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number" && /^facility_ids?$/.test(field)) {
    return facilityNames.get(value) ?? `no. ${value}`;
  }
  if (typeof value === "string" && INSTANT.test(value)) return utcTime(value);
  if (Array.isArray(value)) return value.map(inWords).join(", ") || "none";
  if (typeof value === "object") {
    return Object.entries(value)
      .filter(([, part]) => part !== null)
      .map(([name, part]) => `${name.replaceAll("_", " ")} ${inWords(part)}`)
      .join(" ");
  }
  return String(value) || "empty";
}
