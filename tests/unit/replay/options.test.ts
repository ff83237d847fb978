import { expect, test } from "vitest";
import { parseOptions } from "@/scripts/replay/options";

test("without options beside the files the defaults hold", () => {
  expect(parseOptions(["--events", "e.csv"], {})).toEqual({
    events: "e.csv",
    url: "http://localhost:3000/",
    batch: 1000,
  });
});

test("address and key come from the environment unless they are given", () => {
  const env = { SMART_PARKING_URL: "https://a.example/park", SMART_PARKING_KEY: "k1" };
  expect(parseOptions(["--events", "e.csv"], env)).toMatchObject({
    url: "https://a.example/park/",
    key: "k1",
  });
  const given = ["--events", "e.csv", "--url", "http://b.example", "--key", "k2"];
  expect(parseOptions(given, env)).toMatchObject({ url: "http://b.example/", key: "k2" });
});

test("help needs nothing else", () => {
  expect(parseOptions(["--help"], {})).toBeNull();
});

test.each([
  [["--event", "e.csv"], "Unknown option '--event'"],
  [["e.csv"], "Unexpected argument 'e.csv'"],
  [[], "Nothing to do"],
  [["--events", "e.csv", "--url", "localhost:3000"], "--url must be an http or https address"],
  [["--events", "e.csv", "--url", "http://u:p@a.example"], "neither credentials nor a query"],
  [["--events", "e.csv", "--batch", "0"], "--batch must be a whole number from 1 to 10000"],
  [["--events", "e.csv", "--batch", "10001"], "--batch must be a whole number from 1 to 10000"],
  [["--events", "e.csv", "--batch", "1e3"], "--batch must be a whole number from 1 to 10000"],
  [["--events", "e.csv", "--give-up-after", "-1"], "--give-up-after"],
  [["--events", "e.csv", "--time-zone", "+08:00"], "--time-zone must be an IANA time zone"],
  [["--events="], "--events is empty"],
])("the command line %j is refused", (args, reason) => {
  expect(() => parseOptions(args, {})).toThrow(reason);
});
