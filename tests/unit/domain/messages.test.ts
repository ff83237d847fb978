import { describe, expect, test } from "vitest";
import { powerW } from "@/lib/domain/devices/power";
import { ParkingLogMessage } from "@/lib/domain/messages/parking-log";
import { TelemetryMessage } from "@/lib/domain/messages/telemetry";
import { Code, CodeSought, fieldErrors, LocalDate } from "@/lib/domain/values/fields";

describe("a code is 1 to 128 characters without control characters, trimmed", () => {
  test.each([
    ["A-01", "A-01"],
    ["  A-01\n", "A-01"],
    ["🅿️ 12", "🅿️ 12"],
    ["区-1", "区-1"],
    ["x".repeat(128), "x".repeat(128)],
    ["🚗".repeat(128), "🚗".repeat(128)],
    ["x".repeat(129), null],
    ["🚗".repeat(129), null],
    ["", null],
    ["   ", null],
    ["A\u0000B", null],
    ["A\nB", null],
    ["A\u007fB", null],
    ["A\u0085B", null],
    ["A\ud800B", null],
    ["\udc00", null],
  ])("%j", (text, code) => {
    const result = Code.safeParse(text);
    expect(result.success ? result.data : null).toBe(code);
  });

  test.each([
    ["zero width space", "A\u200bB", "U+200B"],
    ["zero width joiner", "A\u200dB", "U+200D"],
    ["right-to-left mark", "\u200fA", "U+200F"],
    ["right-to-left override", "A\u202eB", "U+202E"],
    ["isolate", "\u2068A\u2069", "U+2068"],
    ["word joiner", "A\u2060", "U+2060"],
    ["byte order mark", "A\ufeffB", "U+FEFF"],
    ["soft hyphen", "A\u00adB", "U+00AD"],
    ["no-break space", "A\u00a0B", "U+00A0"],
    ["narrow no-break space", "A\u202fB", "U+202F"],
    ["figure space", "A\u2007B", "U+2007"],
    ["ideographic space", "A\u3000B", "U+3000"],
    ["line separator", "A\u2028B", "U+2028"],
    ["Hangul filler", "A\u3164B", "U+3164"],
    ["blank Braille pattern", "A\u2800B", "U+2800"],
    ["variation selector after a letter", "A\ufe0f", "U+FE0F"],
    ["tag", "A\u{e0041}", "U+E0041"],
  ])("with a %s is refused, and says which character", (_, text, name) => {
    expect(Code.safeParse(text).error?.issues.map(({ message }) => message)).toEqual([
      `Must not contain invisible characters (${name}).`,
    ]);
  });

  test("letters with marks are composed, so that NFC and NFD are one code", () => {
    expect(Code.parse("Caf\u0065\u0301")).toBe("Caf\u00e9");
    expect(CodeSought.parse("Caf\u0065\u0301")).toBe("Caf\u00e9");
    expect(Code.parse("가")).toBe("가");
    // Composing never makes a code longer than it may be.
    expect(Code.safeParse("\u0958".repeat(128)).success).toBe(false);
  });

  test.each([1, null, true, {}, ["A"]])("%j is no code", (value) => {
    expect(Code.safeParse(value).success).toBe(false);
  });
});

test.each([
  ["2025-03-01", true],
  ["2024-02-29", true],
  ["2025-02-29", false],
  ["2025-3-1", false],
  ["2025-03-01T00:00:00Z", false],
  ["", false],
])("%j is a local date: %s", (text, valid) => {
  expect(LocalDate.safeParse(text).success).toBe(valid);
});

const reading = {
  device_code: "A-01",
  timestamp: "2025-03-01T10:00:00Z",
  voltage: 230,
  current: 5,
};
const errorsOf = (schema: typeof TelemetryMessage | typeof ParkingLogMessage, value: unknown) => {
  const result = schema.safeParse(value);
  return result.success ? null : fieldErrors(result.error);
};

describe("a reading", () => {
  test("needs no more than its four fields, and leaves out what it does not know", () => {
    expect(TelemetryMessage.parse({ ...reading, firmware: "1.2" })).toEqual({
      ...reading,
      timestamp: Date.UTC(2025, 2, 1, 10),
    });
  });

  test("takes null for a value that it does not have", () => {
    const optional = { power_factor: null, temperature_c: null, battery_v: null, rssi_dbm: null };
    expect(errorsOf(TelemetryMessage, { ...reading, ...optional })).toBeNull();
  });

  test.each([
    [{ voltage: -0.1 }, { voltage: ["Must not be negative."] }],
    [{ current: -1 }, { current: ["Must not be negative."] }],
    [{ voltage: "230" }, { voltage: ["Must be a finite number."] }],
    [{ voltage: Number.NaN }, { voltage: ["Must be a finite number."] }],
    [{ current: Number.POSITIVE_INFINITY }, { current: ["Must be a finite number."] }],
    [{ current: null }, { current: ["Must be a finite number."] }],
    [{ voltage: undefined }, { voltage: ["Required."] }],
    [{ power_factor: 1.01 }, { power_factor: ["Must be at most 1."] }],
    [{ power_factor: -0.01 }, { power_factor: ["Must not be negative."] }],
    [{ temperature_c: "hot" }, { temperature_c: ["Must be a finite number."] }],
    [{ device_code: undefined }, { device_code: ["Required."] }],
    [{ timestamp: undefined }, { timestamp: ["Required."] }],
    [{ timestamp: 1 }, { timestamp: ["Must be text."] }],
  ])("with %j is refused by field", (change, errors) => {
    expect(errorsOf(TelemetryMessage, { ...reading, ...change })).toEqual(errors);
  });

  test("with several faults names them all", () => {
    expect(Object.keys(errorsOf(TelemetryMessage, {}) ?? {}).sort()).toEqual([
      "current",
      "device_code",
      "timestamp",
      "voltage",
    ]);
  });

  test.each([null, 1, "x", true, [], [reading]])("is not %j", (value) => {
    expect(errorsOf(TelemetryMessage, value)).not.toBeNull();
  });

  test("power is apparent power and never infinite", () => {
    expect(powerW(230, 10)).toBe(2300);
    expect(powerW(1e308, 1e308)).toBe(Number.MAX_VALUE);
  });
});

describe("a parking log", () => {
  const log = { device_code: "A-01", is_occupied: true, timestamp: reading.timestamp };

  test.each(["true", 1, 0, null, [], undefined])("with is_occupied %j is refused", (value) => {
    expect(Object.keys(errorsOf(ParkingLogMessage, { ...log, is_occupied: value }) ?? {})).toEqual([
      "is_occupied",
    ]);
  });

  test("is taken as it is", () => {
    expect(errorsOf(ParkingLogMessage, log)).toBeNull();
  });
});
