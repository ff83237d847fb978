import Papa from "papaparse";
import type { UsageRow } from "./read-usage";

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

const LINE_END = "\r\n";

/** The text of a usage report, piece by piece as its rows come. @throws what `chunks` throws */
export function usageFile(
  chunks: AsyncGenerator<UsageRow[]>,
  format: UsageFormat,
): AsyncGenerator<string> {
  return format === "csv" ? csvFile(chunks) : jsonFile(chunks);
}

async function* csvFile(chunks: AsyncGenerator<UsageRow[]>): AsyncGenerator<string> {
  // With the first rows, so that a database that is away is noticed before anything is sent.
  let header = USAGE_COLUMNS.join(",") + LINE_END;
  for await (const rows of chunks) {
    // A code that starts like a formula must stay text in the spreadsheet that opens the file.
    const options = { header: false, escapeFormulae: true, newline: LINE_END };
    yield header + Papa.unparse({ fields: [...USAGE_COLUMNS], data: rows }, options) + LINE_END;
    header = "";
  }
  if (header) yield header;
}

async function* jsonFile(chunks: AsyncGenerator<UsageRow[]>): AsyncGenerator<string> {
  let separator = "[\n";
  for await (const rows of chunks) {
    yield separator + rows.map((row) => JSON.stringify(row)).join(",\n");
    separator = ",\n";
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}
