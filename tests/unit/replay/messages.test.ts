import { describe, expect, test } from "vitest";
import { TelemetryMessage } from "@/lib/domain/messages/telemetry";
import { EVENTS, hasSurplusCells, messageMaker, TELEMETRY } from "@/scripts/replay/messages";

const HEADER = ["device_code", "timestamp", "voltage", "current", "power_factor", "watts"];
const telemetryOf = (...cells: string[]) =>
  messageMaker("t.csv", HEADER, TELEMETRY)({ number: 1, cells });
const eventOf = (isOccupied: string) =>
  messageMaker(
    "e.csv",
    ["device_code", "is_occupied", "timestamp"],
    EVENTS,
  )({
    number: 1,
    cells: ["B-1", isOccupied, "2026-01-01T00:00:00Z"],
  });

describe("a cell becomes the value that it means", () => {
  test.each([
    ["true", true],
    ["TRUE", true],
    [" t ", true],
    ["1", true],
    ["yes", true],
    ["occupied", true],
    ["false", false],
    ["0", false],
    ["f", false],
    ["No", false],
    ["vacant", false],
    ["free", false],
    ["2", "2"],
    ["maybe", "maybe"],
  ])("is_occupied %j is sent as %j", (text, value) => {
    expect(eventOf(text)).toEqual({
      device_code: "B-1",
      is_occupied: value,
      timestamp: "2026-01-01T00:00:00Z",
    });
  });

  test.each([
    ["230.5", 230.5],
    ["-2", -2],
    [" 7 ", 7],
    [".5", 0.5],
    ["1e3", 1000],
    ["1e999", "1e999"],
    ["NaN", "NaN"],
    ["Infinity", "Infinity"],
    ["0x10", "0x10"],
    ["1,5", "1,5"],
    ["12 V", "12 V"],
  ])("voltage %j is sent as %j", (text, value) => {
    expect(telemetryOf("B-1", "2026-01-01T00:00:00Z", text, "1").voltage).toBe(value);
  });
});

test("a device code of digits stays text", () => {
  expect(telemetryOf("0012", "2026-01-01T00:00:00Z", "230", "1").device_code).toBe("0012");
});

test("empty cells and unknown columns are left out", () => {
  expect(telemetryOf("B-1", "2026-01-01T00:00:00Z", "230", "", " ", "99")).toEqual({
    device_code: "B-1",
    timestamp: "2026-01-01T00:00:00Z",
    voltage: 230,
  });
});

test("every column of the telemetry message is passed on", () => {
  const names = Object.keys(TelemetryMessage.shape);
  const cells = names.map((name) =>
    name === "device_code" ? "B-1" : name === "timestamp" ? "2026-01-01T00:00:00Z" : "1",
  );
  const message = messageMaker("t.csv", names, TELEMETRY)({ number: 1, cells });
  expect(Object.keys(message)).toEqual(names);
  expect(TelemetryMessage.safeParse(message).success).toBe(true);
});

test("a missing column is named together with the header that is there", () => {
  expect(() => messageMaker("e.csv", ["device", "timestamp"], EVENTS)).toThrow(
    "e.csv has no column device_code, is_occupied; its header is: device, timestamp.",
  );
});

test("a column that is there twice is refused, as no one can tell which one counts", () => {
  const header = ["device_code", "is_occupied", "timestamp", "timestamp"];
  expect(() => messageMaker("e.csv", header, EVENTS)).toThrow(
    "the column timestamp more than once",
  );
});

test("cells past the header count as surplus unless they are empty", () => {
  expect(hasSurplusCells({ number: 1, cells: ["a", "b", ""] }, ["x", "y"])).toBe(false);
  expect(hasSurplusCells({ number: 1, cells: ["a", "b", "c"] }, ["x", "y"])).toBe(true);
});
