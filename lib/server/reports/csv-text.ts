import Papa from "papaparse";
import { FORMULA_LIKE } from "@/lib/domain/values/spreadsheet";

const LINE_END = "\r\n";

/**
 * The text of a CSV file, piece by piece as its rows come, with a header line.
 * @throws what `chunks` throws
 */
export async function* csvText<Row extends object>(
  columns: readonly (keyof Row & string)[],
  chunks: AsyncGenerator<Row[]>,
): AsyncGenerator<string> {
  // With the first rows, so that a database that is away is noticed before anything is sent.
  let header = columns.join(",") + LINE_END;
  for await (const rows of chunks) {
    let text = header;
    for (const row of rows) {
      let separator = "";
      for (const column of columns) {
        text += separator + field(row[column]);
        separator = ",";
      }
      text += LINE_END;
    }
    yield text;
    header = "";
  }
  if (header) yield header;
}

/** Text that stands in a file as it is; what most fields hold. */
const PLAIN = /^\w(?:[\w.:+/ -]*[\w.:+/-])?$/;

function field(value: unknown): string {
  if (typeof value === "string" && PLAIN.test(value)) return value;
  if (typeof value === "boolean") return String(value);
  // What starts like a formula must stay text in the spreadsheet that opens the file.
  return Papa.unparse([[value]], { header: false, escapeFormulae: FORMULA_LIKE });
}
