import { isUtf8 } from "node:buffer";
import { invalidInput, Problem } from "@/lib/domain/values/problem";
import { parseJson } from "@/lib/server/http/json";

/** Stands for a row of more bytes than a message may have; it is not parsed. */
export const TOO_LARGE = Symbol("a row that is too large");

export type ListLimits = {
  /** Rows of one slice, at most. */
  maxRows: number;
  /** Bytes of text that one slice looks at; it may end in the middle of a row. */
  maxBytes: number;
  /** Bytes of one row, at most. */
  maxRowBytes: number;
};

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

const isSpace = (byte: number | undefined) =>
  byte === 32 || byte === 10 || byte === 13 || byte === 9;

const notJson = () => new Problem(400, "The body is not valid JSON.");

/**
 * Parses a JSON list a slice at a time: JSON.parse of eight megabytes would hold the event loop for
 * a tenth of a second. It only looks for the commas between rows and leaves the text between them
 * to JSON.parse, so it takes and refuses exactly what JSON.parse of the whole would.
 */
export class ListRows {
  private position: number;
  /** Where the first row that is not parsed yet begins, without the space before it. */
  private rowStart: number;
  private depth = 1;
  private inString = false;
  private ended = false;

  /** @throws Problem 400 for text that is not UTF-8, or no JSON list */
  constructor(
    private readonly body: Buffer,
    private readonly limits: ListLimits,
  ) {
    if (!isUtf8(body)) throw new Problem(400, "The body is not valid UTF-8.");
    let first = 0;
    while (isSpace(body[first])) first += 1;
    if (body[first] !== OPEN_LIST) throw notAList(body, limits.maxRowBytes);
    this.position = first + 1;
    this.rowStart = this.position;
  }

  /**
   * The next rows, `TOO_LARGE` in place of each that is; none while a long row goes on.
   * @returns null after the last row
   * @throws Problem 400 when the text turns out to be no JSON
   */
  next(): unknown[] | null {
    if (this.ended) return null;
    const { maxRows, maxBytes, maxRowBytes } = this.limits;
    const limit = this.position + maxBytes;
    const rows: unknown[] = [];
    let from = this.rowStart;
    let to = from;
    let count = 0;
    while (!this.ended && rows.length + count < maxRows) {
      const end = this.findRowEnd(limit);
      if (end === null) break;
      if (end - this.rowStart > maxRowBytes) {
        rows.push(...this.parse(from, to, count), TOO_LARGE);
        count = 0;
        from = end + 1;
      } else {
        count += 1;
        to = end;
      }
      this.rowStart = end + 1;
    }
    rows.push(...this.parse(from, to, count));
    return rows;
  }

  /** Where the row ends that is being looked at: its comma, or the end of the list; null at `limit`. */
  private findRowEnd(limit: number): number | null {
    const { body } = this;
    const stop = Math.min(limit, body.length);
    let { depth, inString, position } = this;
    while (position === this.rowStart && position < stop && isSpace(body[position])) {
      position += 1;
      this.rowStart += 1;
    }
    let end: number | null = null;
    for (; position < stop && end === null; position++) {
      const byte = body[position];
      if (inString) {
        if (byte === BACKSLASH) position += 1;
        else if (byte === QUOTE) inString = false;
      } else if (byte === QUOTE) inString = true;
      else if (byte === OPEN_LIST || byte === OPEN_OBJECT) depth += 1;
      else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
        depth -= 1;
        if (depth === 0) end = position;
      } else if (byte === COMMA && depth === 1) end = position;
    }
    this.depth = depth;
    this.inString = inString;
    this.position = position;
    if (end === null && position >= body.length) throw notJson();
    if (depth === 0) this.endAt(end as number);
    return end;
  }

  /** @throws Problem 400 unless the list is closed here, and nothing follows */
  private endAt(end: number): void {
    let next = end + 1;
    while (isSpace(this.body[next])) next += 1;
    if (this.body[end] !== CLOSE_LIST || next < this.body.length) throw notJson();
    this.ended = true;
  }

  private parse(from: number, to: number, count: number): unknown[] {
    if (count === 0) return [];
    const rows = parseJson(`[${this.body.toString("utf8", from, to)}]`) as unknown[];
    if (rows.length === count) return rows;
    // Nothing between two commas is no row; nothing at all is a list without rows.
    if (this.ended && this.body.toString("utf8", 0, from).trim() === "[") return [];
    throw notJson();
  }
}

/** Says what is wrong with a body that is no list; a large one is not parsed to find out. */
function notAList(body: Buffer, maxBytes: number): Problem {
  if (body.length <= maxBytes) parseJson(body.toString());
  return invalidInput({ body: ["Must be a list."] });
}
