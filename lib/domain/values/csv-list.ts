import { z } from "zod";
import { fieldErrors } from "./fields";
import { type FieldErrors, invalidInput } from "./problem";
import { withoutFormulaGuard } from "./spreadsheet";

/** Rows of one list, at most. */
export const MAX_LIST_ROWS = 10_000;

/** A kind of list: what a row holds, and which of its columns have to be there. */
export type ListFormat<Row> = {
  row: z.ZodType<Row>;
  columns: readonly string[];
  required: readonly string[];
  /** Other names of columns. */
  aliases: Record<string, string>;
};

/** A row of a list; `line` is its number in a spreadsheet, where the header is row 1. */
export type Listed<Row> = Row & { line: number };
/** Errors by row number; the field `row` is the row as a whole. */
export type RowErrors = Map<number, FieldErrors>;

/** A file as a CSV parser gives it: rows of cells, and what it stumbled over. */
export type ParsedCsv = {
  data: string[][];
  errors: { type: string; message: string; row?: number }[];
};

export type ReadList<Row> = {
  /** Rows that are well formed. */
  rows: Listed<Row>[];
  /** Errors of the others. */
  errors: RowErrors;
  /** Every row as text, by the columns that the list knows. */
  texts: { line: number; cells: Record<string, string> }[];
};

/** An empty cell is the same as none. */
export const blankIsNone = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema);

/**
 * Reads a list from a file with a header; columns that the list does not know are left aside.
 * @throws Problem 400 when header or size rule out every row
 */
export function readList<Row>(
  format: ListFormat<Row>,
  { data, errors: faults }: ParsedCsv,
): ReadList<Row> {
  refuseBrokenQuotes(data, faults);
  const [header, ...lines] = data;
  const columns = readHeader(format, header ?? []);
  const filled = lines.filter((cells) => !isBlank(cells)).length;
  if (filled > MAX_LIST_ROWS) {
    const limit = MAX_LIST_ROWS.toLocaleString("en");
    const there = filled.toLocaleString("en");
    throw invalidInput({ body: [`At most ${limit} rows; there are ${there}. Split the list.`] });
  }
  const list: ReadList<Row> = { rows: [], errors: new Map(), texts: [] };
  for (const [index, cells] of lines.entries()) {
    if (!isBlank(cells)) readRow(format, { columns, cells, line: index + 2 }, list);
  }
  return list;
}

/**
 * After a quote that does not end where its cell ends, any number of rows is read as one: nothing
 * that would be said of the rows after it is true.
 * @throws Problem 400 that names the line of the file
 */
function refuseBrokenQuotes(data: string[][], faults: ParsedCsv["errors"]): void {
  const first = faults.find(({ type }) => type === "Quotes");
  if (!first) return;
  const above = data.slice(0, first.row ?? 0);
  // A quoted cell may itself be several lines long.
  const breaks = above.flat().reduce((sum, cell) => sum + cell.split(/\r\n|\r|\n/).length - 1, 0);
  const line = above.length + breaks + 1;
  throw invalidInput({
    [`row ${above.length + 1}`]: [
      `Line ${line.toLocaleString("en")} has a quoted cell without a proper end. Close its quote; write a quote inside a cell as two.`,
    ],
  });
}

const isBlank = (cells: string[]) => cells.every((cell) => cell.trim() === "");

type Row = { columns: string[]; cells: string[]; line: number };

function readRow<R>(format: ListFormat<R>, { columns, cells, line }: Row, list: ReadList<R>) {
  const known = columns.flatMap((column, i) =>
    format.columns.includes(column) ? [[column, textOf(cells[i])] as const] : [],
  );
  const texts = Object.fromEntries(known);
  list.texts.push({ line, cells: texts });
  if (list.errors.has(line)) return;
  if (!isBlank(cells.slice(columns.length))) {
    list.errors.set(line, { row: ["Has more fields than the header."] });
    return;
  }
  const result = format.row.safeParse(texts);
  if (result.success) list.rows.push({ ...result.data, line });
  else list.errors.set(line, fieldErrors(result.error));
}

const textOf = (cell = "") => withoutFormulaGuard(cell.trim());

function readHeader(
  { columns, required, aliases }: ListFormat<unknown>,
  cells: string[],
): string[] {
  const names = cells.map((cell) => {
    const name = cell.trim().toLowerCase();
    return aliases[name] ?? name;
  });
  const known = names.filter((name) => columns.includes(name));
  const twice = known.filter((name, i) => known.indexOf(name) !== i);
  const faults = [
    ...required.filter((name) => !names.includes(name)).map((name) => `Column ${name} is missing.`),
    ...twice.map((name) => `Column ${name} appears twice.`),
  ];
  if (faults.length > 0) throw invalidInput({ header: faults });
  return names;
}
