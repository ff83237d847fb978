import { createReadStream, type ReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import Papa from "papaparse";
import { ReplayError, wordsOf } from "./replay-error";

/** A row of a CSV file; `number` counts from 1 after the header, empty lines left out. */
export type CsvRow = { number: number; cells: string[] };

export type CsvFile = {
  path: string;
  /** Column names, trimmed and in lower case. */
  header: string[];
  totalBytes: number;
  /** Its rows in order, as many at a time as were parsed together. */
  pieces: AsyncIterable<CsvRow[]>;
  /** How far into the file as it is stored reading has come. */
  bytesRead(): number;
  /** Lets go of a file that was not read to its end. */
  close(): Promise<void>;
};

const DELIMITERS = [",", ";", "\t", "|"];
/** Text without the end of a row: a quote that is never closed would else swallow the file. */
const MAX_ROW_CHARACTERS = 1024 * 1024;

/**
 * Opens a CSV file, plain or gzip, and reads its header. Rows are parsed as they are asked for.
 * @throws ReplayError when it can't be read, is no UTF-8 text or has no header
 */
export async function openCsv(path: string): Promise<CsvFile> {
  const { totalBytes, isGzip } = await inspect(path);
  const file = createReadStream(path, { highWaterMark: isGzip ? 16 * 1024 : 64 * 1024 });
  const bytes: Readable = isGzip ? pipeline(file, createGunzip(), () => {}) : file;
  const parsed = parse(path, Readable.from(decode(path, bytes)), file);
  const iterator = withoutEmptyLines(parsed);
  const first = await iterator.next();
  if (first.done) throw new ReplayError(`${path} is empty: it needs a header line.`);
  const header = (first.value.shift() ?? []).map((name) => name.trim().toLowerCase());
  const close = async () => void (await iterator.return(undefined));
  const pieces = numbered(first.value, iterator);
  return { path, header, totalBytes, pieces, bytesRead: () => file.bytesRead, close };
}

async function inspect(path: string): Promise<{ totalBytes: number; isGzip: boolean }> {
  try {
    const handle = await open(path);
    try {
      const { size } = await handle.stat();
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
      return { totalBytes: size, isGzip: bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new ReplayError(`${path} can't be read: ${wordsOf(error)}`);
  }
}

/** UTF-8 bytes as text, without a byte order mark; characters may lie across chunks. */
async function* decode(path: string, bytes: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk as Buffer, { stream: true });
    yield decoder.decode();
  } catch (error) {
    const why = error instanceof TypeError ? "it is not UTF-8 text" : wordsOf(error);
    throw new ReplayError(`${path} can't be read: ${why}`);
  }
}

/** Papaparse on a stream, held back while no one takes its rows: it would queue the whole file. */
function parse(path: string, input: Readable, file: ReadStream): AsyncIterable<string[][]> {
  let parser: Papa.Parser | null = null;
  let taken = 0;
  input.on("data", (text: string) => {
    taken += text.length;
  });
  const output = new Readable({
    objectMode: true,
    highWaterMark: 1,
    read: () => {
      const held = parser;
      parser = null;
      held?.resume();
      input.resume();
    },
    destroy: (error, done) => {
      file.destroy();
      done(error);
    },
  });
  Papa.parse<string[]>(input as NodeJS.ReadableStream, {
    delimiter: delimiterOf,
    chunk: (results, self) => {
      const fault = faultOf(results, taken - results.meta.cursor);
      if (fault) return void output.destroy(new ReplayError(`${path}: ${fault}`));
      if (results.data.length === 0) return;
      if (output.push(results.data)) return;
      parser = self;
      self.pause();
      input.pause();
    },
    complete: () => void output.push(null),
    error: (error) => void output.destroy(error),
  });
  return output;
}

/** The one that the header holds most of: papaparse's own guess can fall for text in the rows. */
function delimiterOf(text: string): string {
  const header = text.split(/[\r\n]/, 1)[0] ?? "";
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] as string;
}

function faultOf(results: Papa.ParseResult<string[]>, unfinished: number): string | null {
  // Beyond the last whole row a quote may merely be cut in two by the end of the chunk.
  const quotes = results.errors.find(
    (error) => error.type === "Quotes" && (error.row ?? 0) < results.data.length,
  );
  if (quotes) {
    const row = results.data[quotes.row ?? 0] ?? [];
    return `${quotes.message.toLowerCase()}, at the row that begins with ${excerpt(row)}.`;
  }
  if (unfinished <= MAX_ROW_CHARACTERS) return null;
  return `a row is longer than ${MAX_ROW_CHARACTERS} characters; is a quote not closed?`;
}

const excerpt = (row: string[]) => JSON.stringify(row.join(",").slice(0, 60));

async function* withoutEmptyLines(
  pieces: AsyncIterable<string[][]>,
): AsyncGenerator<string[][], void> {
  for await (const rows of pieces) {
    const filled = rows.filter((cells) => cells.length > 1 || cells[0] !== "");
    if (filled.length > 0) yield filled;
  }
}

async function* numbered(
  first: string[][],
  rest: AsyncGenerator<string[][], void>,
): AsyncGenerator<CsvRow[], void> {
  let number = 0;
  const count = (rows: string[][]) => rows.map((cells) => ({ number: ++number, cells }));
  yield count(first);
  for await (const rows of rest) yield count(rows);
}

/**
 * The rows of a file in batches, in order.
 * @param size rows of the next batch; may change from batch to batch
 */
export async function* batchesOf(
  file: CsvFile,
  size: () => number,
): AsyncGenerator<CsvRow[], void> {
  let waiting: CsvRow[] = [];
  for await (const rows of file.pieces) {
    waiting = waiting.length === 0 ? rows : waiting.concat(rows);
    let from = 0;
    for (let count = size(); waiting.length - from >= count; count = size()) {
      yield waiting.slice(from, from + count);
      from += count;
    }
    waiting = waiting.slice(from);
  }
  if (waiting.length > 0) yield waiting;
}
