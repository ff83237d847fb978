import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isProblem } from "@/lib/domain/values/problem";
import { ListRows, TOO_LARGE } from "@/lib/server/ingest/list-rows";

const SMALL = { maxRows: 3, maxBytes: 10, maxRowBytes: 1000 };
/** What is too large is not parsed, so it is not compared: rows that are made up may be of any size. */
const ANY_ROW = { ...SMALL, maxRowBytes: Number.POSITIVE_INFINITY };

/** All rows of a body; null when it is refused. */
function read(body: Buffer, limits = SMALL): unknown[] | null {
  try {
    const list = new ListRows(body, limits);
    const rows: unknown[] = [];
    for (let slice = list.next(); slice !== null; slice = list.next()) {
      if (slice.length > limits.maxRows) throw new Error("a slice of too many rows");
      rows.push(...slice);
    }
    return rows;
  } catch (error) {
    if (!isProblem(error) || error.status !== 400) throw error;
    return null;
  }
}

function parsed(text: string): unknown[] | null {
  try {
    const value = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

const values = fc.jsonValue({ maxDepth: 2 });
const lists = fc
  .tuple(fc.array(values, { maxLength: 8 }), fc.constantFrom(0, 1, 2))
  .map(([rows, indent]) => JSON.stringify(rows, null, indent));

describe("a list that is read a slice at a time", () => {
  test("holds the rows that JSON.parse finds", () => {
    fc.assert(
      fc.property(lists, fc.constantFrom("", " ", "\r\n\t"), (list, space) => {
        const text = space + list + space;
        expect(JSON.stringify(read(Buffer.from(text), ANY_ROW))).toBe(JSON.stringify(parsed(text)));
      }),
      { numRuns: 500 },
    );
  });

  test("is refused whenever JSON.parse refuses it", () => {
    const odd = fc.constantFrom(",", "[", "]", "{", "}", '"', "\\", ":", "1", " ", "\0", "");
    fc.assert(
      fc.property(lists, fc.nat(), fc.nat({ max: 2 }), odd, (list, at, gone, inserted) => {
        const place = at % (list.length + 1);
        const text = list.slice(0, place) + inserted + list.slice(place + gone);
        const body = Buffer.from(text);
        expect(JSON.stringify(read(body, ANY_ROW))).toBe(JSON.stringify(parsed(body.toString())));
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    "",
    "x",
    "{}",
    "[",
    "[1",
    "[1,",
    "[1,]",
    "[,]",
    "[1,,2]",
    "[1}",
    "[{]}",
    "[1]]",
    "[1][2]",
    '["]',
  ])("%j is no list", (text) => {
    expect(read(Buffer.from(text))).toBeNull();
  });

  test("is no list when it is not UTF-8", () => {
    expect(read(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]))).toBeNull();
  });

  test("names a row above the limit in its place, and reads the rows around it", () => {
    const limits = { maxRows: 10, maxBytes: 16, maxRowBytes: 20 };
    const rows = [1, { a: ["x".repeat(30)] }, 2, "y".repeat(100), 3];
    expect(read(Buffer.from(JSON.stringify(rows)), limits)).toEqual([
      1,
      TOO_LARGE,
      2,
      TOO_LARGE,
      3,
    ]);
  });

  test("may have any space between its rows", () => {
    const limits = { maxRows: 10, maxBytes: 16, maxRowBytes: 20 };
    const space = " ".repeat(100);
    expect(read(Buffer.from(`[${space}]`), limits)).toEqual([]);
    expect(read(Buffer.from(`[${space}1,${space}2,\n3]`), limits)).toEqual([1, 2, 3]);
    expect(read(Buffer.from(`[1,${space}]`), limits)).toBeNull();
  });

  test("is never looked at for more than a slice, however long a row is", () => {
    const body = Buffer.from(`["${"x".repeat(1_000)}"]`);
    const list = new ListRows(body, { maxRows: 10, maxBytes: 100, maxRowBytes: 50 });
    const slices: unknown[][] = [];
    for (let slice = list.next(); slice !== null; slice = list.next()) slices.push(slice);
    expect(slices).toEqual([...Array(10).fill([]), [TOO_LARGE]]);
  });
});
