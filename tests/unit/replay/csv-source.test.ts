import { createReadStream } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { batchesOf, openCsv } from "@/scripts/replay/csv-source";
import { fileOf } from "./files";

async function rowsOf(content: string | Buffer) {
  const file = await openCsv(await fileOf(content));
  const rows = [];
  for await (const piece of file.pieces) rows.push(...piece);
  return { header: file.header, rows };
}

const cellsOf = async (content: string | Buffer) =>
  (await rowsOf(content)).rows.map(({ cells }) => cells);

const manyRows = (count: number) =>
  `code,name\n${Array.from({ length: count }, (_, i) => `${i},"车库 ""é"", 🅿️ ${i}"\n`).join("")}`;

test.each([
  ["plain", (text: string) => Buffer.from(text)],
  ["gzip", (text: string) => gzipSync(text)],
  [
    "gzip in two members",
    (text: string) => {
      const bytes = Buffer.from(text);
      return Buffer.concat([
        gzipSync(bytes.subarray(0, 100_001)),
        gzipSync(bytes.subarray(100_001)),
      ]);
    },
  ],
])("every row of a %s file arrives once, in order and whole", async (_, encode) => {
  const { header, rows } = await rowsOf(encode(manyRows(20_000)));
  expect(header).toEqual(["code", "name"]);
  expect(rows).toHaveLength(20_000);
  rows.forEach((row, i) => {
    if (row.number !== i + 1 || row.cells[0] !== String(i) || row.cells[1] !== `车库 "é", 🅿️ ${i}`) {
      expect(row).toEqual({ number: i + 1, cells: [String(i), `车库 "é", 🅿️ ${i}`] });
    }
  });
});

test.each([
  ["line feeds", "a,b\n1,2\n3,4\n"],
  ["no line end at the end", "a,b\n1,2\n3,4"],
  ["carriage returns", "a,b\r\n1,2\r\n3,4\r\n"],
  ["a byte order mark", "\ufeffa,b\n1,2\n3,4\n"],
  ["empty lines", "a,b\n\n1,2\n\n3,4\n\n"],
  ["semicolons", "a;b\n1;2\n3;4\n"],
  ["tabs", "a\tb\n1\t2\n3\t4\n"],
  ["capitals and spaces in the header", " A ,B\n1,2\n3,4\n"],
])("a file with %s is read alike", async (_, content) => {
  expect(await rowsOf(content)).toEqual({
    header: ["a", "b"],
    rows: [
      { number: 1, cells: ["1", "2"] },
      { number: 2, cells: ["3", "4"] },
    ],
  });
});

test("a line break inside quotes belongs to its cell", async () => {
  expect(await cellsOf('a,b\n"1\nx",2\n')).toEqual([["1\nx", "2"]]);
});

test("a file with nothing but a header has no rows", async () => {
  expect(await rowsOf("a,b\n")).toEqual({ header: ["a", "b"], rows: [] });
});

test.each([
  ["that is empty", "", "is empty"],
  ["that is not UTF-8", Buffer.from("a,b\n\xe9,2\n", "latin1"), "it is not UTF-8 text"],
  [
    "of which gzip data is missing",
    gzipSync(manyRows(50_000)).subarray(0, 20_000),
    "unexpected end",
  ],
  ["with a quote that is never closed", 'a,b\n1,2\n"3,4\n5,6\n', "quoted field unterminated"],
  ["with text after a closing quote", 'a,b\n"1"x,2\n3,"4"\n', "malformed"],
  [
    "with a quote open over megabytes",
    `a,b\n"${"1,2\n".repeat(600_000)}`,
    "is a quote not closed?",
  ],
])("a file %s is refused with the reason", async (_, content, reason) => {
  await expect(rowsOf(content)).rejects.toThrow(reason);
});

test("a file that does not exist is named", async () => {
  await expect(openCsv("/nowhere/rows.csv")).rejects.toThrow("/nowhere/rows.csv can't be read");
});

test("a file is read no faster than its rows are taken", async () => {
  const path = await fileOf(manyRows(300_000));
  const file = await openCsv(path);
  await file.pieces[Symbol.asyncIterator]().next();
  // As long as others read all of it, it could have been read on.
  for (let round = 0; round < 3; round++) for await (const _ of createReadStream(path));
  expect(file.totalBytes).toBeGreaterThan(8_000_000);
  expect(file.bytesRead()).toBeLessThan(3_000_000);
  await file.close();
});

test("batches hold the wanted number of rows, the last one the rest", async () => {
  const file = await openCsv(await fileOf(manyRows(2_500)));
  const sizes = [];
  const numbers = [];
  for await (const rows of batchesOf(file, () => 1000)) {
    sizes.push(rows.length);
    numbers.push(...rows.map((row) => row.number));
  }
  expect(sizes).toEqual([1000, 1000, 500]);
  expect(numbers).toEqual(Array.from({ length: 2_500 }, (_, i) => i + 1));
});

test("a batch size that shrinks on the way loses and repeats no row", async () => {
  const file = await openCsv(await fileOf(manyRows(2_000)));
  let size = 500;
  const numbers = [];
  for await (const rows of batchesOf(file, () => size)) {
    numbers.push(...rows.map((row) => row.number));
    size = Math.max(1, Math.floor(size / 2));
  }
  expect(numbers).toEqual(Array.from({ length: 2_000 }, (_, i) => i + 1));
});
