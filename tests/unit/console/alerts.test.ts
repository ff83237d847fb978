import { describe, expect, test } from "vitest";
import { signalOf } from "@/app/(console)/_components/signal/signal-of";
import {
  acknowledgedInWords,
  takenBackInWords,
} from "@/app/(console)/alerts/_components/alert/alert-messages";
import { detailsInWords } from "@/app/(console)/alerts/_components/alert/detail-words";
import {
  courseInWords,
  courseOf,
  raisedAt,
} from "@/app/(console)/alerts/_components/alert/reading-course";
import { concerns } from "@/app/(console)/alerts/_components/list/concerns";
import { alertCursorOf, groupCursorOf } from "@/app/(console)/alerts/(list)/load";
import { alertsView, isFiltered } from "@/app/(console)/alerts/(list)/view";
import { alertState } from "@/lib/domain/alerts/alert-state";
import type { AlertDetails } from "@/lib/domain/alerts/alerting";
import type { LiveAlertChange } from "@/lib/domain/devices/live";

const AT = "2026-11-25T12:00:00.000Z";

const change = (overrides: Partial<LiveAlertChange> = {}): LiveAlertChange => ({
  ...{ alert_id: 7, kind: "raised", at: 1000, actor: "system", alert_type: "offline" },
  ...{ severity: "WARNING", message: "No telemetry for more than 2 min", device_id: 1 },
  ...{ device_code: "A-001", zone_id: 2, facility_id: 3 },
  ...overrides,
});

describe("an address of the page of alerts", () => {
  test("shows open alerts unless it says otherwise", () => {
    const view = alertsView.read({});
    expect(view).toMatchObject({ state: "open", opened: [], after: [] });
    expect(isFiltered(view)).toBe(false);
  });

  test("filters nothing by what makes no sense", () => {
    const view = alertsView.read({
      ...{ state: "gone", severity: "loud", type: ["offline", "high_power"], from: "yesterday" },
      ...{ group: "weather", opened: ["x y", "12"], facility: "", search: "  " },
    });
    expect(view).toMatchObject({ state: "open", type: "offline", opened: ["12"] });
    expect([view.severity, view.from, view.group, view.facility, view.search]).toEqual(
      Array(5).fill(undefined),
    );
    expect(isFiltered(view)).toBe(true);
  });

  test("begins at the beginning where it names no place in the list", () => {
    const at = "2026-11-25T12:00:00.123456Z";
    expect(alertCursorOf(`${at}~12`)).toEqual([at, 12]);
    expect(groupCursorOf("CRITICAL~3~high_power")).toEqual(["CRITICAL", 3, "high_power"]);
    for (const text of [undefined, "", "x", `${at}~`, "12~12", "CRITICAL~0~1", "~~"]) {
      expect(alertCursorOf(text)).toBeUndefined();
      expect(groupCursorOf(text)).toBeUndefined();
    }
  });
});

describe("a signal", () => {
  test("tells of one alert what, where and why, and leads to it", () => {
    expect(signalOf([change()], "WARNING")).toEqual({
      title: "Warning: Offline at A-001",
      ...{ text: "No telemetry for more than 2 min", path: "/alerts/7", tag: "alert-7-1000" },
    });
  });

  test("is one for many alerts, and tells of the worst", () => {
    const worse = { severity: "CRITICAL", alert_type: "high_power", device_code: "B-2" } as const;
    const changes = [
      change(),
      change({ alert_id: 9, kind: "reopened", ...worse }),
      change({ alert_id: 8 }),
    ];
    expect(signalOf(changes, "INFO")).toMatchObject({
      ...{ title: "3 new alerts, worst: critical", path: "/alerts" },
      text: "High power at B-2, and 2 others.",
    });
  });

  test("is none for less than was asked for, nor for what operators do", () => {
    expect(signalOf([change()], "CRITICAL")).toBeNull();
    for (const kind of ["acknowledged", "unacknowledged", "resolved"] as const) {
      expect(signalOf([change({ kind })], "INFO")).toBeNull();
    }
  });
});

test.each([
  [{}, true],
  [{ facilityId: 3, zoneId: 2, deviceId: 1, severity: "WARNING", type: "offline" }, true],
  [{ facilityId: 4 }, false],
  [{ zoneId: 4 }, false],
  [{ deviceId: 4 }, false],
  [{ severity: "CRITICAL" }, false],
  [{ type: "high_power" }, false],
])("a list of %j concerns a warning of device 1: %s", (list, expected) => {
  expect(concerns(list, change())).toBe(expected);
});

test("an alert that is acknowledged and resolved is resolved", () => {
  expect(alertState({ acknowledged_at: null, resolved_at: null })).toBe("open");
  expect(alertState({ acknowledged_at: AT, resolved_at: null })).toBe("acknowledged");
  expect(alertState({ acknowledged_at: AT, resolved_at: AT })).toBe("resolved");
});

test("what came of acknowledging and taking back is told in words", () => {
  const alert = { id: 1, acknowledged_at: AT, acknowledged_by: "ada" };
  const told = (count: number, unchanged: number) =>
    acknowledgedInWords({ acknowledged: Array(count).fill(alert), unchanged });
  expect(told(1, 0)).toBe("1 alert acknowledged.");
  expect(told(2, 1)).toBe("2 alerts acknowledged. 1 other already acknowledged.");
  expect(told(0, 2)).toBe("Already acknowledged.");
  expect(takenBackInWords({ unacknowledged: [1, 2], unchanged: 0 })).toBe("2 alerts open again.");
  expect(takenBackInWords({ unacknowledged: [], unchanged: 1 })).toBe(
    "1 alert stayed: resolved, reopened or acknowledged by another user.",
  );
});

describe("what triggered an alert", () => {
  const reading = (current: number) => ({
    ...{ reading_at: AT, voltage: 230, current, power_w: 230 * current },
  });
  const power = { ...reading(10), limit_w: 2000, raised_by: reading(9), peak: reading(12) };
  const odd = { ...reading(140), limit_a: 100, limit_v: 500 };
  const quiet = { last_contact_at: AT, limit_s: 1200 };
  const told = (...of: Parameters<typeof detailsInWords>) =>
    detailsInWords(...of).map(({ name, value }) => `${name}: ${value}`);

  test("is told by the reading that raised it, the peak and the latest, with the limit", () => {
    expect(told("high_power", power)).toEqual([
      "Raised by: 2,070 W (230 V, 9 A)",
      "Peak: 2,760 W (230 V, 12 A)",
      "Latest: 2,300 W (230 V, 10 A)",
      "Power limit: 2,000 W",
    ]);
    expect(told("invalid_data", { ...odd, raised_by: reading(140), peak: reading(140) })).toEqual([
      ...["Raised by", "Peak", "Latest"].map((name) => `${name}: 140 A (32,200 W, 230 V)`),
      ...["Current limit: 100 A", "Voltage limit: 500 V"],
    ]);
  });

  test("is told by the latest reading alone where an earlier version stored the alert", () => {
    const { raised_by: _, peak: __, ...stored } = power;
    expect(told("high_power", stored)[0]).toBe("Latest: 2,300 W (230 V, 10 A)");
  });

  test("is told as silence in the units people use", () => {
    expect(told("offline", quiet)).toEqual(["Last contact: ", "Allowed silence: 20 min"]);
    expect(detailsInWords("offline", {})).toEqual([]);
  });

  test("decides which quantity is drawn", () => {
    expect(courseOf({ alert_type: "high_power", details: power })).toMatchObject({
      ...{ field: "power_w", limit: 2000 },
    });
    const of = (details: typeof odd) => courseOf({ alert_type: "invalid_data", details });
    expect(of(odd)).toMatchObject({ field: "current", limit: 100 });
    expect(of({ ...odd, voltage: 600 })).toMatchObject({ field: "voltage", limit: 500 });
    expect(courseOf({ alert_type: "offline", details: quiet })).toMatchObject({
      ...{ field: "power_w", limit: null },
    });
  });

  test("is drawn around the raise, however often it triggered since", () => {
    const created_at = "2026-11-25T11:00:00.000Z";
    const raised_by = { ...reading(9), reading_at: "2026-11-25T10:59:50.000Z" };
    const at = (details: AlertDetails, occurrences: number) =>
      raisedAt({ details, occurrences, created_at });
    expect(at({ ...power, raised_by }, 47)).toBe(raised_by.reading_at);
    const { raised_by: _, ...stored } = power;
    expect(at(stored, 1)).toBe(AT);
    expect(at(stored, 47)).toBe(created_at);
    expect(at(quiet, 1)).toBe(AT);
    expect(at(quiet, 2)).toBe(created_at);
    expect(at({}, 1)).toBe(created_at);
  });

  test("is told in a sentence with the readings around it", () => {
    const course = courseOf({ alert_type: "high_power", details: power });
    const readings = [460, 2310, 2000].map((power_w) => ({
      ...{ timestamp: AT, voltage: 230, current: 1, power_w },
    }));
    expect(courseInWords(course, readings)).toBe(
      "Power from 460 to 2,310 W; 1 of 3 readings above the limit of 2,000 W",
    );
  });
});
