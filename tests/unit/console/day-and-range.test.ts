import { describe, expect, it } from "vitest";
import { shortDate } from "@/app/_ui/words/local-time";
import { besideHours, hourLabels } from "@/app/(console)/(dashboard)/_components/charts/hours";
import {
  isOverEverywhere,
  nowInWords,
  nowMarks,
} from "@/app/(console)/(dashboard)/_components/charts/now-marks";
import { wholeNumber } from "@/app/(console)/(dashboard)/_components/targets/whole-number";
import { fileAddress, presets, rangeOf, reportsView } from "@/app/(console)/reports/view";

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
    expect(reportsView.read({ from: "2025-02-30", to: ["", "x"] })).toEqual({});
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

describe("now of each time zone on the hours of a day", () => {
  const places = [
    { name: "Danube", time_zone: "Europe/Vienna" },
    { name: "Harbor", time_zone: "America/New_York" },
    { name: "Pier", time_zone: "America/New_York" },
    { name: "Minato", time_zone: "Asia/Tokyo" },
  ];
  const clock = Array.from({ length: 24 }, (_, hour) => ({
    hour: `2025-06-10T${String(hour).padStart(2, "0")}:00:00`,
  }));
  const marksAt = (now: string, some = places, hourly_usage = clock) =>
    nowMarks(some, { date: "2025-06-10", hourly_usage }, new Date(now));

  it("is where its clock is, the farthest first; facilities of one time zone share a mark", () => {
    const marks = marksAt("2025-06-10T13:15:00Z");
    expect(marks).toEqual([
      { name: "Minato", time: "22:15", hours: 22.25 },
      { name: "Danube", time: "15:15", hours: 15.25 },
      { name: "Harbor and 1 more", time: "09:15", hours: 9.25 },
    ]);
    expect(nowInWords(marks)).toBe(
      "Now it is 22:15 in Minato, 15:15 in Danube and 09:15 in Harbor and 1 more.",
    );
    expect([8, 9, 23].map((hour) => isOverEverywhere(marks, hour))).toEqual([true, false, false]);
  });

  it("has no time where the day is over or has not begun", () => {
    expect(nowInWords(marksAt("2025-06-10T21:00:00Z"))).toBe(
      "Now it is 23:00 in Danube and 17:00 in Harbor and 1 more. The day is over in Minato.",
    );
    const early = marksAt("2025-06-10T02:00:00Z");
    expect(early.at(-1)).toEqual({ name: "Harbor and 1 more", time: null, hours: 0 });
    expect(nowInWords(early)).toContain("It has not begun in Harbor and 1 more.");
    expect(isOverEverywhere(early, 0)).toBe(false);
  });

  it("is counted from midnight on a day on which the clock of the one place changes", () => {
    const long = Array.from({ length: 25 }, (_, n) => ({
      hour: `2025-10-26T${String(n > 2 ? n - 1 : n).padStart(2, "0")}:00:00${n > 2 ? "+01:00" : "+02:00"}`,
    }));
    const day = { date: "2025-10-26", hourly_usage: long };
    const marks = nowMarks(places.slice(0, 1), day, new Date("2025-10-26T11:30:00Z"));
    expect(marks).toEqual([{ name: "Danube", time: "12:30", hours: 13.5 }]);
  });
});
