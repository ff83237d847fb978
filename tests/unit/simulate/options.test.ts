import { expect, test } from "vitest";
import { parseOptions } from "@/scripts/simulate/options";

test("without options a hundred devices of the local server send every ten seconds", () => {
  expect(parseOptions([], {})).toEqual({
    ...{ devices: 100, everyMs: 10_000, url: "http://localhost:3000/", facility: "SIMULATED" },
    faults: [],
  });
});

test("what is given counts, and the environment for address and key", () => {
  const args = ["--devices", "5000", "--every", "500ms", "--facility", "A", "--seconds", "60"];
  const env = { SMART_PARKING_URL: "https://a.example/park", SMART_PARKING_KEY: "k" };
  expect(parseOptions([...args, "--faults", "bursts, silence"], env)).toEqual({
    ...{ devices: 5000, everyMs: 500, url: "https://a.example/park/", key: "k", facility: "A" },
    ...{ faults: ["silence", "bursts"], seconds: 60 },
  });
});

test.each([
  ["10s", 10_000],
  ["2m", 120_000],
  ["100ms", 100],
])("--every %s is %i ms", (text, everyMs) => {
  expect(parseOptions(["--every", text], {})).toMatchObject({ everyMs });
});

test("help needs nothing else", () => {
  expect(parseOptions(["--help"], {})).toBeNull();
});

test.each([
  [["--device", "5"], "Unknown option '--device'"],
  [["5000"], "Unexpected argument '5000'"],
  [["--devices", "0"], "--devices must be a whole number from 1 to 200000"],
  [["--devices", "1e3"], "--devices must be a whole number"],
  [["--every", "10"], "--every must be a time from 100ms to 60m"],
  [["--every", "10ms"], "--every must be a time from 100ms to 60m"],
  [["--every", "2h"], "--every must be a time from 100ms to 60m"],
  [["--faults", "fire"], '"fire" is none of silence, over-power, clock-skew, duplicates, bursts'],
  [["--devices", "1", "--faults", "silence,over-power"], "need at least 2 devices"],
  [["--url", "localhost:3000"], "--url must be an http or https address"],
  [["--key="], "--key is empty"],
])("the command line %j is refused", (args, reason) => {
  expect(() => parseOptions(args, {})).toThrow(reason);
});
