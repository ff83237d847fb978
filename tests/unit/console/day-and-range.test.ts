import { describe, expect, it } from "vitest";
import { shortDate } from "@/app/_ui/local-time";
import { besideHours, hourLabels } from "@/app/(console)/(dashboard)/_components/hours";
import { wholeNumber } from "@/app/(console)/(dashboard)/_components/whole-number";
import {
  fileAddress,
  parseReportsView,
  presets,
  rangeOf,
} from "@/app/(console)/reports/reports-view";

describe("hours beside those of another date", () => {
  const hour = (time: string, offset: string) => `2025-10-26T${time}:00${offset}`;

  it("stand by the clock, the second of a name beside the second, a missing one beside none", () => {
    const set_back = [hour("01:00", "+02:00"), hour("02:00", "+02:00"), hour("02:00", "+01:00")];
    const before = [
      { hour: "2025-10-19T01:00:00+02:00", count: 5 },
      { hour: "2025-10-19T02:00:00+02:00", count: 7 },
    ];
    expect(besideHours(set_back, before)).toEqual([5, 7, null]);
    const other = set_back.map((hour, count) => ({ hour, count }));
    expect(besideHours([before[0]!.hour, before[1]!.hour], other)).toEqual([0, 1]);
    expect(hourLabels(set_back)).toEqual(["01:00", "02:00 (+02:00)", "02:00 (+01:00)"]);
  });
});

describe("the range of a report", () => {
  const today = "2025-03-05";

  it("is the last seven days unless told otherwise, and never the wrong way round", () => {
    expect(rangeOf({}, today)).toEqual({ from: "2025-02-27", to: today });
    expect(rangeOf({ from: "2025-03-01" }, today)).toEqual({ from: "2025-03-01", to: today });
    expect(rangeOf({ to: "2025-02-07" }, today)).toEqual({ from: "2025-02-01", to: "2025-02-07" });
    expect(rangeOf({ from: "2025-03-09", to: "2025-03-01" }, today)).toEqual({
      ...{ from: "2025-03-01", to: "2025-03-09" },
    });
    expect(rangeOf({ from: "2025-03-09" }, today)).toEqual({
      from: "2025-03-09",
      to: "2025-03-09",
    });
    expect(parseReportsView({ from: "2025-02-30", to: ["", "x"] })).toEqual({});
  });

  it("can be one of the usual ones", () => {
    const range = Object.fromEntries(
      presets(today).map(({ name, from, to }) => [name, [from, to]]),
    );
    expect(range).toEqual({
      Today: [today, today],
      Yesterday: ["2025-03-04", "2025-03-04"],
      "Last 7 days": ["2025-02-27", today],
      "Last 28 days": ["2025-02-06", today],
      "This month": ["2025-03-01", today],
      "Last month": ["2025-02-01", "2025-02-28"],
    });
  });

  it("is asked of the API under its own names", () => {
    expect(fileAddress({ from: "2025-03-01", to: today }, { facility: "a&b", zone: "7" })).toBe(
      "/api/reports/usage?date_from=2025-03-01&date_to=2025-03-05&facility=a%26b&zone=7&format=csv",
    );
  });
});

describe("what is typed as a target", () => {
  it.each([
    ["12", 12],
    [" 0 ", 0],
    ["2147483647", 2_147_483_647],
  ])("%j counts", (text, value) => expect(wholeNumber(text)).toEqual({ value }));

  it.each(["", "-1", "1.5", "1e3", "many", "2147483648"])("%j is refused in words", (text) => {
    expect(wholeNumber(text)).toEqual({ value: null, fault: expect.stringMatching(/\.$/) });
  });
});

it("a date nearby is short, with its weekday", () => {
  expect(shortDate("2024-05-07")).toBe("Tue 7 May");
});
