import Papa from "papaparse";
import {
  type ListFormat,
  type ReadList,
  type RowErrors,
  readList,
} from "@/lib/domain/values/csv-list";
import { type FieldErrors, Problem } from "@/lib/domain/values/problem";

/** How many faulty rows an answer lists. */
const LISTED_ERRORS = 1_000;

/**
 * Reads a list that came as CSV, whatever separates its fields.
 * @throws Problem 400 when header or size rule out every row
 */
export function parseList<Row>(csv: string, format: ListFormat<Row>): ReadList<Row> {
  return readList(format, Papa.parse<string[]>(csv));
}

/** 400 for a list with faulty rows: each field at fault as `row 3.zone`, the header being row 1. */
export function faultyList(errors: RowErrors): Problem {
  const listed: FieldErrors = {};
  const inOrder = [...errors].sort(([a], [b]) => a - b);
  for (const [line, faults] of inOrder.slice(0, LISTED_ERRORS)) {
    for (const [field, messages] of Object.entries(faults)) {
      listed[field === "row" ? `row ${line}` : `row ${line}.${field}`] = messages;
    }
  }
  const rest = errors.size > LISTED_ERRORS ? ` The first ${LISTED_ERRORS} are listed.` : "";
  const rows = errors.size === 1 ? "1 row has" : `${errors.size} rows have`;
  return new Problem(400, `${rows} errors. Nothing was imported.${rest}`, { errors: listed });
}
