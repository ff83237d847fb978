import Papa from "papaparse";
import { callApi } from "@/app/_ui/forms/api-call";
import { DEVICE_LIST } from "@/lib/domain/devices/device";
import { TARGET_LIST } from "@/lib/domain/estate/target";
import { type ListFormat, type ReadList, readList } from "@/lib/domain/values/csv-list";
import { type FieldErrors, isProblem } from "@/lib/domain/values/problem";

export type ListKind = "devices" | "targets";

const FORMATS: Record<ListKind, ListFormat<object>> = {
  devices: DEVICE_LIST,
  targets: TARGET_LIST,
};
/** What the server takes, too. */
const MAX_BYTES = 16 * 1024 * 1024;

/** What an import did, or would do: how many of what. */
export type ImportCounts = {
  created: number;
  updated: number;
  unchanged: number;
  zones_created?: number;
  facilities_created?: number;
  new_zones?: { facility: string; code: string }[];
  new_facilities?: { code: string; time_zone: string }[];
};

/** A row as it stands in the file, with what is wrong with it. */
export type CheckedRow = {
  line: number;
  cells: Record<string, string>;
  faults: { field: string; reason: string }[];
};

/** What a file holds, and what importing it would do. */
export type CheckedList = {
  name: string;
  text: string;
  columns: string[];
  rows: CheckedRow[];
  /** Null where something is wrong. */
  counts: ImportCounts | null;
};

/** A file that can't be imported at all, in words. */
export type Refused = { refused: string };

/** Where a list is sent to; as a dry run the server checks everything and writes nothing. */
export function importPath(kind: ListKind, { move, dryRun }: { move: boolean; dryRun: boolean }) {
  const query = new URLSearchParams();
  if (dryRun) query.set("dry_run", "true");
  if (move) query.set("move", "true");
  return `/api/${kind}/import?${query}`;
}

/** A list as it is sent. */
export const csvBody = (text: string) => new Blob([text], { type: "text/csv" });

/** The text of a file; its encoding is told from its bytes. */
export async function textOf(file: File): Promise<{ text: string } | Refused> {
  if (file.size > MAX_BYTES) return { refused: "The file is larger than 16 MB. Split it." };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()) };
  } catch {
    return { refused: "The file is not in UTF-8. Save it as “CSV UTF-8” and choose it again." };
  }
}

/** Reads a list, and has the server check it against the estate without writing anything. */
export async function checkList(
  kind: ListKind,
  { name, text }: { name: string; text: string },
  move: boolean,
): Promise<CheckedList | Refused> {
  const list = readHere(kind, text);
  if ("refused" in list) return list;
  if (list.texts.length === 0) return { refused: "The file has a header and no rows." };
  const path = importPath(kind, { move, dryRun: true });
  const answer = await callApi<ImportCounts>("POST", path, csvBody(text));
  const told = answer.ok ? new Map<number, FieldErrors>() : rowErrors(answer.errors);
  if (!answer.ok && told.size === 0) return { refused: answer.detail };
  const rows = list.texts.map(({ line, cells }) => {
    const faults = { ...list.errors.get(line), ...told.get(line) };
    return { line, cells, faults: faultsInWords(faults) };
  });
  const columns = [...new Set(list.texts.flatMap(({ cells }) => Object.keys(cells)))];
  return { name, text, columns, rows, counts: answer.ok ? answer.body : null };
}

/** The same rules as the server's, so that every faulty row is named at once. */
function readHere(kind: ListKind, text: string): ReadList<object> | Refused {
  try {
    return readList(FORMATS[kind], Papa.parse<string[]>(text));
  } catch (error) {
    if (!isProblem(error)) throw error;
    return {
      refused: Object.values(error.options.errors ?? {})
        .flat()
        .join(" "),
    };
  }
}

/** The errors of an answer by row: "row 3.zone" is the field zone of row 3. */
export function rowErrors(errors: FieldErrors): Map<number, FieldErrors> {
  const byRow = new Map<number, FieldErrors>();
  for (const [at, messages] of Object.entries(errors)) {
    const [, line, field = "row"] = /^row (\d+)(?:\.(.+))?$/.exec(at) ?? [];
    if (line === undefined) continue;
    byRow.set(Number(line), { ...byRow.get(Number(line)), [field]: messages });
  }
  return byRow;
}

function faultsInWords(faults: FieldErrors) {
  return Object.entries(faults).map(([field, messages]) => ({
    field,
    // The API's own words tell scripts how; people have a checkbox.
    reason: messages.join(" ").replace("?move=true moves it", "allow moving below to move it"),
  }));
}
