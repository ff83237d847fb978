import { csvText } from "./csv-text";
import type { UsageRow } from "./usage-row";

export const USAGE_FORMATS = ["csv", "json"] as const;
export type UsageFormat = (typeof USAGE_FORMATS)[number];

export const USAGE_COLUMNS = [
  "date",
  "device_code",
  "zone_code",
  "facility",
  "is_occupied",
  "timestamp",
] as const satisfies (keyof UsageRow)[];

export const MEDIA_TYPE: Record<UsageFormat, string> = {
  csv: "text/csv; charset=utf-8; header=present",
  json: "application/json",
};

/** The text of a usage report, piece by piece as its rows come. @throws what `chunks` throws */
export function usageFile(
  chunks: AsyncGenerator<UsageRow[]>,
  format: UsageFormat,
): AsyncGenerator<string> {
  return format === "csv" ? csvText(USAGE_COLUMNS, chunks) : jsonFile(chunks);
}

async function* jsonFile(chunks: AsyncGenerator<UsageRow[]>): AsyncGenerator<string> {
  let separator = "[\n";
  for await (const rows of chunks) {
    yield separator + rows.map((row) => JSON.stringify(row)).join(",\n");
    separator = ",\n";
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}
