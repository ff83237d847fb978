import fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { DEVICE_LIST } from "@/lib/domain/devices/device";
import { TARGET_LIST } from "@/lib/domain/estate/target";
import { readList } from "@/lib/domain/values/csv-list";
import { FORMULA_LIKE, withoutFormulaGuard } from "@/lib/domain/values/spreadsheet";

const read = (text: string) => readList(DEVICE_LIST, Papa.parse<string[]>(text));

test("what is guarded against formulas reads back as it was, guarded or not before", () => {
  const texts = fc.string({
    unit: fc.constantFrom("'", ..."=+-@＝＋－＠﹦﹢﹣﹫", "a", " ", ",", '"'),
  });
  fc.assert(
    fc.property(texts, (text) => {
      const options = { escapeFormulae: FORMULA_LIKE };
      const written = Papa.unparse([[text, "end"]], options);
      expect(written).not.toMatch(/^"?[=+\-@＝＋－＠﹦﹢﹣﹫]/);
      const [cell] = Papa.parse<string[]>(written, { delimiter: "," }).data[0]!;
      expect(withoutFormulaGuard(cell!)).toBe(text);
    }),
  );
});

test.each(["=1+1", "+1", "-1", "@a", "＝1+1", "＋1", "－1", "＠a", "﹦1+1"])(
  "%s is written as text, not as a formula",
  (text) => {
    expect(Papa.unparse([[text]], { escapeFormulae: FORMULA_LIKE })).toBe(`"'${text}"`);
  },
);

test.each([
  ["commas", "device_code,zone,facility\nA,Z,F"],
  ["semicolons and CRLF", "device_code;zone;facility\r\nA;Z;F\r\n"],
  ["tabs", "device_code\tzone\tfacility\nA\tZ\tF"],
  [
    "a byte order mark, other names and another order",
    "\uFEFFFacility_Code,CODE, zone_code \nF,A,Z",
  ],
  ["quotes and columns of its own", 'note,device_code,"zone",facility\n"a, ""b""","A",Z,F'],
  ["empty cells beyond the header and empty lines", "device_code,zone,facility\n\nA,Z,F,,\n,,\n"],
])("a list with %s is read", (_, text) => {
  const { rows, errors } = read(text);
  expect(errors.size).toBe(0);
  expect(rows).toEqual([expect.objectContaining({ device_code: "A", zone: "Z", facility: "F" })]);
});

test("rows keep the number that a spreadsheet shows, and faulty ones their text", () => {
  const { rows, errors, texts } = read("device_code,zone,facility\nA,Z,F\n\n,Z,F\nB,Z,F,more");
  expect(rows.map(({ line }) => line)).toEqual([2]);
  expect([...errors]).toEqual([
    [4, { device_code: ["Required."] }],
    [5, { row: ["Has more fields than the header."] }],
  ]);
  expect(texts.map(({ line, cells }) => [line, cells.device_code])).toEqual([
    [2, "A"],
    [4, ""],
    [5, "B"],
  ]);
});

const bays = (broken: string) =>
  [
    "device_code,zone,facility,name",
    'B-0,Z,F,"Bay 0, by the\ndoor"',
    ...Array.from({ length: 49 }, (_, n) =>
      n === 8 ? broken : `B-${n + 1},Z,F,"Bay ""${n + 1}"""`,
    ),
  ].join("\n");

test.each([
  ["is never closed", 'B-9,Z,F,"Bay 9'],
  ["ends in the middle of its cell", 'B-9,Z,F,"Bay" 9'],
])("a quote that %s refuses the list by its line alone: no row after it counts", (_, broken) => {
  const refusal = expect.objectContaining({
    options: { errors: { "row 11": [expect.stringMatching(/^Line 12 has a quoted cell/)] } },
  });
  expect(() => read(bays(broken))).toThrow(refusal);
  expect(read(bays('B-9,Z,F,"Bay 9"')).texts).toHaveLength(50);
});

test.each([
  ["2026-03-02,F,Z,,5", undefined],
  ["2026-03-02,,,D,0", undefined],
  ["2026-02-30,F,Z,,5", ["date"]],
  ["2026-03-02,F,,,5", ["zone"]],
  ["2026-03-02,,,,5", ["facility", "zone"]],
  ["2026-03-02,F,Z,,-5", ["target_value"]],
  ["2026-03-02,F,Z,,", ["target_value"]],
])("the target %s has faults in %j", (line, fields) => {
  const text = `date,facility,zone,device_code,target_value\n${line}`;
  const { errors } = readList(TARGET_LIST, Papa.parse<string[]>(text));
  expect(errors.get(2) && Object.keys(errors.get(2)!)).toEqual(fields);
});
