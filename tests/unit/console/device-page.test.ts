import { describe, expect, test } from "vitest";
import {
  measured,
  measuredRange,
  share,
} from "@/app/(console)/devices/[id]/_components/history/quantities";
import { timeTicks } from "@/app/(console)/devices/[id]/time-ticks";
import { deviceView, rangeControls } from "@/app/(console)/devices/[id]/view";

const ticks = (from: string, to: string, timeZone: string, most = 30) =>
  timeTicks(Date.parse(from), Date.parse(to), timeZone, most);
const labels = (...range: Parameters<typeof ticks>) => ticks(...range).map(({ label }) => label);

describe("the marks of a time axis", () => {
  test("are whole local hours, midnight being told as its date", () => {
    expect(labels("2025-03-01T20:10:00Z", "2025-03-02T02:00:00Z", "Asia/Kolkata")).toEqual([
      ...["02:00", "03:00", "04:00", "05:00", "06:00", "07:00"],
    ]);
    expect(labels("2025-03-01T22:30:00Z", "2025-03-02T00:30:00Z", "Europe/Vienna")).toEqual([
      ...["2 Mar", "01:00"],
    ]);
  });

  test("an hour that comes twice is marked twice, and each hour is as long as any other", () => {
    const marks = ticks("2025-10-25T22:00:00Z", "2025-10-26T23:00:00Z", "Europe/Vienna");
    expect(marks.map(({ label }) => label).slice(0, 5)).toEqual([
      ...["26 Oct", "01:00", "02:00", "02:00 (UTC+1)", "03:00"],
    ]);
    expect(marks).toHaveLength(25);
    const apart = marks.slice(1).map(({ at }, index) => at - marks[index]!.at);
    expect(new Set(apart)).toEqual(new Set([3_600_000]));
  });

  test("an hour that is left out has no mark", () => {
    const marks = labels("2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z", "Europe/Vienna");
    expect(marks.slice(0, 4)).toEqual(["30 Mar", "01:00", "03:00", "04:00"]);
    expect(marks).toHaveLength(23);
  });

  test("long ranges are marked at local midnights, also on the days of a change", () => {
    const marks = labels("2025-10-24T22:00:00Z", "2025-10-28T23:00:00Z", "Europe/Vienna", 5);
    expect(marks).toEqual(["25 Oct", "26 Oct", "27 Oct", "28 Oct"]);
  });

  test("no more than fit, whatever the range", () => {
    for (const hours of [1, 23, 25, 168, 28 * 24, 92 * 24]) {
      const to = new Date(Date.UTC(2025, 0, 1) + hours * 3_600_000).toISOString();
      const count = ticks("2025-01-01T00:00:00Z", to, "America/St_Johns", 12).length;
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThanOrEqual(13);
    }
  });
});

describe("the range in the address", () => {
  const NOW = new Date("2025-03-10T23:30:00Z");
  test.each([
    [{}, { kind: "rolling", range: "24h" }],
    [{ range: "7d" }, { kind: "rolling", range: "7d" }],
    [{ range: "1y" }, { kind: "rolling", range: "24h" }],
    [
      { from: "2025-03-02", to: "2025-03-01" },
      { from: "2025-03-01", to: "2025-03-02" },
    ],
    [{ from: "2025-03-02" }, { from: "2025-03-02", to: "2025-03-02" }],
    [{ from: "yesterday", to: "" }, { kind: "rolling" }],
    [
      { range: "7d", from: "2025-03-02" },
      { kind: "rolling", range: "7d" },
    ],
  ])("%j", (query, view) => {
    expect(deviceView.read(query)).toMatchObject(view);
  });

  test("steps are as long as what is in view, by the local date", () => {
    const rolling = rangeControls(deviceView.read({ range: "7d" }), "Europe/Vienna", NOW);
    expect(rolling).toMatchObject({ today: "2025-03-11", later: null });
    expect(rolling.earlier).toEqual({ from: "2025-02-26", to: "2025-03-04" });
    const dates = deviceView.read({ from: "2025-03-01", to: "2025-03-03" });
    expect(rangeControls(dates, "Europe/Vienna", NOW)).toMatchObject({
      earlier: { from: "2025-02-26", to: "2025-02-28" },
      later: { from: "2025-03-04", to: "2025-03-06" },
    });
  });
});

test("quantities stay short, whatever a sensor sends", () => {
  expect([230.456, 0.094, 1234.56, 1e308].map(measured)).toEqual([
    ...["230.5", "0.09", "1,234.6", "1.0e+308"],
  ]);
  expect(measuredRange(230.01, 230.02)).toBe("230");
  expect(measuredRange(229, 231)).toBe("229–231");
  expect([0, 0.004, 0.5, 0.996, 1].map(share)).toEqual([
    ...["0 %", "under 1 %", "50 %", "over 99 %", "100 %"],
  ]);
});
