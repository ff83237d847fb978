import { ParkingLogMessage } from "@/lib/domain/messages/parking-log";
import { TelemetryMessage } from "@/lib/domain/messages/telemetry";
import type { CsvRow } from "./csv-source";
import { ReplayError } from "./replay-error";

type Cell = (text: string) => unknown;

/** A kind of file: where its rows go and which columns make a message. */
export type FileKind = { call: string; required: string[]; columns: Record<string, Cell> };

const TRUE = new Set(["true", "t", "1", "yes", "y", "occupied"]);
const FALSE = new Set(["false", "f", "0", "no", "n", "vacant", "free"]);
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

const asText: Cell = (text) => text;

/** What is no number stays text, so that the server refuses it and says why. */
const asNumber: Cell = (text) => {
  const value = DECIMAL.test(text.trim()) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : text;
};

const asBoolean: Cell = (text) => {
  const word = text.trim().toLowerCase();
  if (TRUE.has(word)) return true;
  return FALSE.has(word) ? false : text;
};

function columnsOf(shape: Record<string, unknown>, cells: Record<string, Cell>) {
  return Object.fromEntries(Object.keys(shape).map((name) => [name, cells[name] ?? asNumber]));
}

const TEXTS = { device_code: asText, timestamp: asText };

export const EVENTS: FileKind = {
  call: "api/parking-log/bulk",
  required: ["device_code", "is_occupied", "timestamp"],
  columns: columnsOf(ParkingLogMessage.shape, { ...TEXTS, is_occupied: asBoolean }),
};

export const TELEMETRY: FileKind = {
  call: "api/telemetry/bulk",
  required: ["device_code", "timestamp", "voltage", "current"],
  columns: columnsOf(TelemetryMessage.shape, TEXTS),
};

/**
 * Finds columns by name.
 * @returns the position of each column that the header has
 * @throws ReplayError when a required one is missing or a wanted one is there twice
 */
export function findColumns(
  path: string,
  header: string[],
  wanted: string[],
  required: string[],
): Map<string, number> {
  const missing = required.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw new ReplayError(
      `${path} has no column ${missing.join(", ")}; its header is: ${header.join(", ")}.`,
    );
  }
  const twice = wanted.find((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (twice) throw new ReplayError(`${path} has the column ${twice} more than once.`);
  const found = wanted.filter((name) => header.includes(name));
  return new Map(found.map((name) => [name, header.indexOf(name)]));
}

/**
 * Makes the message of a row as the server expects it; empty cells are left out.
 * @throws ReplayError when a required column is missing
 */
export function messageMaker(path: string, header: string[], kind: FileKind) {
  const positions = findColumns(path, header, Object.keys(kind.columns), kind.required);
  const cells = [...positions].map(([name, at]) => ({ name, at, read: kind.columns[name]! }));
  return (row: CsvRow): Record<string, unknown> => {
    const message: Record<string, unknown> = {};
    for (const { name, at, read } of cells) {
      const text = row.cells[at];
      if (text !== undefined && text.trim() !== "") message[name] = read(text);
    }
    return message;
  };
}

/** Cells past the header mean that the columns of this row have shifted: nothing in it is certain. */
export function hasSurplusCells(row: CsvRow, header: string[]): boolean {
  return row.cells.slice(header.length).some((text) => text.trim() !== "");
}
