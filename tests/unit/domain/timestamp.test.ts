import { describe, expect, test } from "vitest";
import { parseTimestamp, Timestamp, timestampError } from "@/lib/domain/messages/timestamp";

const iso = (text: string) => {
  const ms = parseTimestamp(text);
  return ms === null || Number.isNaN(ms) ? null : new Date(ms).toISOString();
};

describe("a timestamp is read as the instant that it names", () => {
  test.each([
    ["2025-03-01T10:00:00Z", "2025-03-01T10:00:00.000Z"],
    ["2025-03-01t10:00:00z", "2025-03-01T10:00:00.000Z"],
    ["2025-03-01 10:00:00Z", "2025-03-01T10:00:00.000Z"],
    ["2025-03-01T10:00Z", "2025-03-01T10:00:00.000Z"],
    ["2025-03-01T10:00:00+08:00", "2025-03-01T02:00:00.000Z"],
    ["2025-03-01T10:00:00+0800", "2025-03-01T02:00:00.000Z"],
    ["2025-03-01T10:00:00+08", "2025-03-01T02:00:00.000Z"],
    ["2025-03-01T10:00:00-03:30", "2025-03-01T13:30:00.000Z"],
    ["2025-03-01T10:00:00+05:45", "2025-03-01T04:15:00.000Z"],
    ["2025-03-01T10:00:00-00:00", "2025-03-01T10:00:00.000Z"],
    ["2025-12-31T23:59:59-12:00", "2026-01-01T11:59:59.000Z"],
    ["2025-01-01T00:00:00+14:00", "2024-12-31T10:00:00.000Z"],
  ])("%s is %s", (text, expected) => expect(iso(text)).toBe(expected));
});

describe("without an offset it is UTC", () => {
  test.each([
    ["2025-07-01T10:00:00", "2025-07-01T10:00:00.000Z"],
    ["2025-07-01 10:00", "2025-07-01T10:00:00.000Z"],
    ["2025-07-01T10:00:00.5", "2025-07-01T10:00:00.500Z"],
  ])("%s is %s", (text, expected) => expect(iso(text)).toBe(expected));
});

describe("digits finer than a millisecond are cut off", () => {
  test.each([
    ["2025-03-01T10:00:00.1Z", "2025-03-01T10:00:00.100Z"],
    ["2025-03-01T10:00:00.001Z", "2025-03-01T10:00:00.001Z"],
    ["2025-03-01T10:00:00,25Z", "2025-03-01T10:00:00.250Z"],
    ["2025-03-01T10:00:00.123456Z", "2025-03-01T10:00:00.123Z"],
    ["2025-03-01T10:00:00.999999999Z", "2025-03-01T10:00:00.999Z"],
    ["2025-03-01T10:00:00.000999Z", "2025-03-01T10:00:00.000Z"],
  ])("%s is %s", (text, expected) => expect(iso(text)).toBe(expected));

  test("every millisecond of a second is kept exactly", () => {
    for (let ms = 0; ms < 1000; ms++) {
      const text = `2025-03-01T10:00:00.${String(ms).padStart(3, "0")}Z`;
      expect(parseTimestamp(text)).toBe(Date.UTC(2025, 2, 1, 10, 0, 0, ms));
    }
  });
});

describe("only days that exist are taken", () => {
  test.each([
    ["2024-02-29T00:00:00Z", true],
    ["2025-02-29T00:00:00Z", false],
    ["2000-02-29T00:00:00Z", true],
    ["1900-02-29T00:00:00Z", false],
    ["2025-02-30T00:00:00Z", false],
    ["2025-04-31T00:00:00Z", false],
    ["2025-13-01T00:00:00Z", false],
    ["2025-00-10T00:00:00Z", false],
    ["2025-01-00T00:00:00Z", false],
    ["2025-01-01T24:00:00Z", false],
    ["2025-01-01T23:60:00Z", false],
    ["2025-01-01T23:59:60Z", false],
    ["2025-01-01T10:00:00+24:00", false],
    ["2025-01-01T10:00:00+01:60", false],
    ["0001-01-01T00:00:00Z", true],
    ["0099-12-31T23:59:59Z", true],
    ["9999-12-31T23:59:59.999Z", true],
  ])("%s: %s", (text, exists) => expect(iso(text) !== null).toBe(exists));

  test("years before 100 are not taken for years of the last century", () => {
    expect(iso("0001-01-01T00:00:00Z")).toBe("0001-01-01T00:00:00.000Z");
    expect(iso("9999-12-31T23:59:59.999Z")).toBe("9999-12-31T23:59:59.999Z");
  });
});

test.each([
  "",
  "now",
  "2025-03-01",
  "10:00:00",
  "1740823200",
  "20250301T100000Z",
  "2025-3-1T10:00:00Z",
  "2025-03-01T10:00:00 Z",
  "2025-03-01T10:00:00Zjunk",
  "2025-03-01T10:00:00.Z",
  "2025-03-01T10:00:00.1234567890Z",
  "+2025-03-01T10:00:00Z",
  "12025-03-01T10:00:00Z",
  "-001-03-01T10:00:00Z",
  "٢٠٢٥-03-01T10:00:00Z",
  "2025-03-01T10:00:00[Asia/Shanghai]",
])("%j is no timestamp", (text) => expect(iso(text)).toBeNull());

describe("what docs/api.md says is not accepted is refused, and the answer shows what is", () => {
  test.each([
    ["the basic format", "20260301T100000Z"],
    ["a basic date with an extended time", "20260301T10:00:00Z"],
    ["a week date", "2026-W09-7T10:00:00Z"],
    ["a basic week date", "2026W097T100000Z"],
    ["an ordinal date", "2026-060T10:00:00Z"],
    ["a basic ordinal date", "2026060T100000Z"],
    ["24:00:00", "2026-03-01T24:00:00Z"],
    ["a leap second", "2016-12-31T23:59:60Z"],
    ["the minus sign U+2212", "2026-03-01T10:00:00\u221203:30"],
    ["Unix time", "1772359200"],
  ])("%s", (_, text) => {
    expect(Timestamp.safeParse(text).error?.issues.map(({ message }) => message)).toEqual([
      "Must be an ISO 8601 date and time, such as 2026-03-01T10:00:00Z.",
    ]);
  });

  test("and what it says is accepted is read", () => {
    for (const text of ["T", "t", " "].map((between) => `2026-03-01${between}18:00:00.123`)) {
      for (const offset of ["+08:00", "+0800", "+08"]) {
        expect(Timestamp.parse(text + offset)).toBe(Date.UTC(2026, 2, 1, 10, 0, 0, 123));
      }
    }
    expect(Timestamp.parse("2026-03-01 10:00")).toBe(Date.UTC(2026, 2, 1, 10));
  });
});

describe("the message field", () => {
  test("takes spaces around the text", () => {
    expect(Timestamp.parse(" 2025-03-01T10:00:00Z ")).toBe(Date.UTC(2025, 2, 1, 10));
  });

  test.each([undefined, null, 1740823200000, true, {}, [], "2025-02-30T00:00:00Z", "x".repeat(65)])(
    "refuses %j",
    (value) => expect(Timestamp.safeParse(value).success).toBe(false),
  );

  test("refuses an offset that no clock has, instead of giving an invalid date", () => {
    expect(Timestamp.safeParse("2025-01-01T10:00:00+24:00").success).toBe(false);
  });
});

describe("the future is tolerated for 60 s, the past from the year 2000 on", () => {
  const now = Date.UTC(2025, 2, 1, 10);
  test.each([
    [now, null],
    [now + 60_000, null],
    [now + 60_001, "Must not be more than 60 s in the future."],
    [Date.UTC(9999, 11, 31), "Must not be more than 60 s in the future."],
    [Date.UTC(2000, 0, 1), null],
    [Date.UTC(2000, 0, 1) - 1, "Must not be before 2000-01-01."],
  ])("%d: %s", (timestamp, error) => expect(timestampError(timestamp, now)).toBe(error));
});
