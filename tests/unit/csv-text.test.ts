import fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { FORMULA_LIKE } from "@/lib/domain/values/spreadsheet";
import { csvText } from "@/lib/server/reports/csv-text";

async function written(value: unknown): Promise<string> {
  let text = "";
  const rows = (async function* () {
    yield [{ before: "x", value, after: true }];
  })();
  for await (const piece of csvText(["before", "value", "after"], rows)) text += piece;
  return text;
}

test("a field is written as papaparse writes it, whatever it holds", async () => {
  const texts = [
    "",
    " ",
    "a b",
    " a",
    "a ",
    'a"b',
    "a,b",
    "a\nb",
    "=1",
    "+1",
    "-1",
    "@a",
    "'=a",
    "\ta",
  ];
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom(...texts),
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double(),
  );
  await fc.assert(
    fc.asyncProperty(value, async (given) => {
      const options = { escapeFormulae: FORMULA_LIKE, newline: "\r\n" };
      const row = Papa.unparse([["x", given, true]], options);
      expect(await written(given)).toBe(`before,value,after\r\n${row}\r\n`);
    }),
    { numRuns: 500 },
  );
});
