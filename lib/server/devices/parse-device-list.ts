import Papa from "papaparse";
import { DeviceRow } from "@/lib/domain/device";
import { fieldErrors } from "@/lib/domain/fields";
import { type FieldErrors, invalidInput } from "@/lib/domain/problem";

/** Rows of one list, at most. */
const MAX_ROWS = 100_000;

/** Other names of columns. */
const ALIASES: Record<string, string> = {
  code: "device_code",
  zone_code: "zone",
  facility_code: "facility",
};
const REQUIRED = ["device_code", "zone", "facility"];

/** A row of the list; `line` is its number in a spreadsheet, where the header is row 1. */
export type ListedDevice = DeviceRow & { line: number };
export type RowErrors = Map<number, FieldErrors>;

/**
 * Reads a list of devices (CSV with a header; columns that it does not know are left aside).
 * @returns the rows that are well formed, and what is wrong with the others
 * @throws Problem 400 when header or size rule out every row
 */
export function parseDeviceList(csv: string): { rows: ListedDevice[]; errors: RowErrors } {
  const { data, errors: faults } = Papa.parse<string[]>(csv);
  const [header, ...lines] = data;
  const columns = readHeader(header ?? []);
  if (lines.length > MAX_ROWS + 1) throw invalidInput({ body: [`At most ${MAX_ROWS} rows.`] });
  const rows: ListedDevice[] = [];
  const errors: RowErrors = new Map();
  for (const fault of faults) {
    if (fault.type === "Quotes") errors.set((fault.row ?? 0) + 1, { row: [fault.message] });
  }
  for (const [index, cells] of lines.entries()) {
    const line = index + 2;
    if (errors.has(line) || cells.every((cell) => cell.trim() === "")) continue;
    if (cells.length > columns.length) {
      errors.set(line, { row: ["Has more fields than the header."] });
      continue;
    }
    const texts = columns.map((column, i) => [column, cells[i]?.trim() ?? ""]);
    const result = DeviceRow.safeParse(Object.fromEntries(texts));
    if (result.success) rows.push({ ...result.data, line });
    else errors.set(line, fieldErrors(result.error));
  }
  return { rows, errors };
}

function readHeader(cells: string[]): string[] {
  const columns = cells.map((cell) => {
    const name = cell.trim().toLowerCase();
    return ALIASES[name] ?? name;
  });
  const missing = REQUIRED.filter((name) => !columns.includes(name));
  const known = columns.filter((name) => name in DeviceRow.shape);
  const twice = known.filter((name, i) => known.indexOf(name) !== i);
  const faults = [
    ...missing.map((name) => `Column ${name} is missing.`),
    ...twice.map((name) => `Column ${name} is there twice.`),
  ];
  if (faults.length > 0) throw invalidInput({ header: faults });
  return columns;
}
