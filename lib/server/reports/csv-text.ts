import Papa from "papaparse";
import { FORMULA_LIKE } from "@/lib/domain/spreadsheet";

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
    // What starts like a formula must stay text in the spreadsheet that opens the file.
    const options = { header: false, escapeFormulae: FORMULA_LIKE, newline: LINE_END };
    yield header + Papa.unparse({ fields: [...columns], data: rows }, options) + LINE_END;
    header = "";
  }
  if (header) yield header;
}
