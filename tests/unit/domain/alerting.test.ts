import { describe, expect, test } from "vitest";
import {
  type AlertLife,
  breachesOf,
  calmAlert,
  isSilent,
  resolveAlert,
  SEVERITY,
  triggerAlert,
} from "@/lib/domain/alerts/alerting";
import { DEFAULT_LIMITS } from "@/lib/domain/devices/limits";

const NOW = Date.UTC(2025, 2, 1, 10);
const MINUTE = 60_000;
const breachOf = (current: number) =>
  breachesOf({ timestamp: NOW, voltage: 240, current }, DEFAULT_LIMITS).high_power!;
const breach = breachOf(10);

describe("thresholds compare strictly", () => {
  test.each([
    [230, 5, []],
    [200, 10, []],
    [200, 10.0001, ["high_power"]],
    [20, 100, []],
    [20, 100.0001, ["high_power", "invalid_data"]],
    [1, 100.0001, ["invalid_data"]],
    [500, 1, []],
    [500.0001, 1, ["invalid_data"]],
    [0, 0, []],
    [501, 101, ["high_power", "invalid_data"]],
    [1e308, 1e308, ["high_power", "invalid_data"]],
  ])("%d V and %d A: %j", (voltage, current, causes) => {
    const breaches = breachesOf({ timestamp: NOW, voltage, current }, DEFAULT_LIMITS);
    expect(Object.keys(breaches)).toEqual(causes);
  });

  test("a limit of the device's own is the one compared with", () => {
    const limits = { ...DEFAULT_LIMITS, highPowerW: 100, maxCurrentA: 10, maxVoltageV: 50 };
    expect(breachesOf({ timestamp: NOW, voltage: 10, current: 10 }, limits)).toEqual({});
    expect(Object.keys(breachesOf({ timestamp: NOW, voltage: 51, current: 1 }, limits))).toEqual([
      "invalid_data",
    ]);
  });
});

describe("a breach says what was measured and what was allowed", () => {
  test("high power", () => {
    const { high_power } = breachesOf(
      { timestamp: NOW, voltage: 240, current: 10 },
      DEFAULT_LIMITS,
    );
    expect(high_power).toEqual({
      message: "Power 2,400 W is above 2,000 W",
      details: {
        voltage: 240,
        current: 10,
        power_w: 2400,
        limit_w: 2000,
        reading_at: "2025-03-01T10:00:00.000Z",
      },
    });
  });

  test("invalid data names each value that is too high", () => {
    const message = (voltage: number, current: number) =>
      breachesOf({ timestamp: NOW, voltage, current }, DEFAULT_LIMITS).invalid_data?.message;
    expect(message(1, 101)).toBe("Implausible reading: current 101 A is above 100 A");
    expect(message(501, 1)).toBe("Implausible reading: voltage 501 V is above 500 V");
    expect(message(501, 101)).toBe(
      "Implausible reading: current 101 A is above 100 A and voltage 501 V is above 500 V",
    );
  });

  test("figures stay numbers that JSON can carry, however high", () => {
    const { high_power } = breachesOf(
      { timestamp: NOW, voltage: 1e308, current: 1e308 },
      DEFAULT_LIMITS,
    );
    expect(JSON.parse(JSON.stringify(high_power?.details)).power_w).toBe(Number.MAX_VALUE);
  });
});

test("severities are those of the contract", () => {
  expect(SEVERITY).toEqual({ offline: "WARNING", high_power: "CRITICAL", invalid_data: "WARNING" });
});

describe("the life of an alert", () => {
  const raised = triggerAlert(null, "high_power", breach, DEFAULT_LIMITS, NOW).alert;
  const resolvedAt = (at: number): AlertLife => ({ ...raised, id: 7, resolvedAt: at });

  test("the first breach raises it", () => {
    const change = triggerAlert(null, "high_power", breach, DEFAULT_LIMITS, NOW);
    expect(change.transition).toBe("raised");
    expect(change.alert).toMatchObject({
      id: null,
      alertType: "high_power",
      message: breach.message,
      details: breach.details,
      createdAt: NOW,
      lastTriggeredAt: NOW,
      occurrences: 1,
      normalReadings: 0,
      acknowledgedAt: null,
      resolvedAt: null,
    });
  });

  test("a further breach counts on it and raises nothing", () => {
    const change = triggerAlert(
      { ...raised, id: 7, normalReadings: 2 },
      "high_power",
      breach,
      DEFAULT_LIMITS,
      NOW + MINUTE,
    );
    expect(change.transition).toBeNull();
    expect(change.alert).toMatchObject({ id: 7, occurrences: 2, normalReadings: 0 });
    expect(change.alert).toMatchObject({ createdAt: NOW, lastTriggeredAt: NOW + MINUTE });
  });

  test("the reading that raised it and the highest stay known, however often it triggers", () => {
    const { alert } = [12, 9, 11].reduce(
      ({ alert }, current, n) =>
        triggerAlert(alert, "high_power", breachOf(current), DEFAULT_LIMITS, NOW + n),
      triggerAlert(null, "high_power", breach, DEFAULT_LIMITS, NOW),
    );
    expect(alert).toMatchObject({ occurrences: 4, message: "Power 2,640 W is above 2,000 W" });
    expect(alert.details).toMatchObject({ power_w: 2640, current: 11 });
    expect(alert.details.raised_by).toMatchObject({ power_w: 2400, current: 10 });
    expect(alert.details.peak).toMatchObject({ power_w: 2880, current: 12 });
  });

  test("the peak of implausible readings is the one furthest above its limit", () => {
    const odd = (voltage: number, current: number) =>
      breachesOf({ timestamp: NOW, voltage, current }, DEFAULT_LIMITS).invalid_data!;
    const trigger = (before: AlertLife | null, voltage: number, current: number) =>
      triggerAlert(before, "invalid_data", odd(voltage, current), DEFAULT_LIMITS, NOW).alert;
    const alert = trigger(trigger(trigger(null, 501, 1), 230, 300), 900, 2);
    expect(alert.details.peak).toMatchObject({ voltage: 230, current: 300 });
    expect(alert.details.raised_by).toMatchObject({ voltage: 501, current: 1 });
  });

  test("an alert stored before peaks were kept starts from its latest reading", () => {
    const { raised_by: _, peak: __, ...details } = raised.details;
    const old = { ...raised, id: 7, occurrences: 5, details };
    const { alert } = triggerAlert(old, "high_power", breachOf(9), DEFAULT_LIMITS, NOW + 1);
    expect(alert.details.peak).toMatchObject({ power_w: 2400 });
    expect(alert.details.raised_by).toBeUndefined();
  });

  test("a breach while it is acknowledged leaves it acknowledged", () => {
    const acknowledged = { ...raised, id: 7, acknowledgedAt: NOW + 1 };
    const change = triggerAlert(acknowledged, "high_power", breach, DEFAULT_LIMITS, NOW + 2);
    expect(change).toMatchObject({ transition: null, alert: { id: 7, acknowledgedAt: NOW + 1 } });
  });

  test.each([
    [0, "reopened"],
    [10 * MINUTE, "reopened"],
    [10 * MINUTE + 1, "raised"],
  ])("a breach %d ms after it was resolved: %s", (later, transition) => {
    const change = triggerAlert(resolvedAt(NOW), "high_power", breach, DEFAULT_LIMITS, NOW + later);
    expect(change.transition).toBe(transition);
    expect(change.alert.id).toBe(transition === "reopened" ? 7 : null);
    expect(change.alert.occurrences).toBe(transition === "reopened" ? 2 : 1);
    expect(change.alert.resolvedAt).toBeNull();
  });

  test("reopening takes back the acknowledgement and starts counting normal readings again", () => {
    const old = { ...resolvedAt(NOW), acknowledgedAt: NOW - 1, normalReadings: 3 };
    const { alert } = triggerAlert(old, "high_power", breach, DEFAULT_LIMITS, NOW + 1);
    expect(alert).toMatchObject({ acknowledgedAt: null, normalReadings: 0, createdAt: NOW });
  });

  test("three normal readings in a row resolve it, two do not", () => {
    const [first, second] = [1, 2].reduce<AlertLife[]>(
      (lives) => [...lives, calmAlert(lives.at(-1) ?? raised, DEFAULT_LIMITS, NOW).alert],
      [],
    );
    expect(first?.resolvedAt).toBeNull();
    expect(second?.resolvedAt).toBeNull();
    const third = calmAlert(second!, DEFAULT_LIMITS, NOW + MINUTE);
    expect(third.transition).toBe("resolved");
    expect(third.alert.resolvedAt).toBe(NOW + MINUTE);
  });

  test("with a limit of one the first normal reading resolves it", () => {
    const limits = { ...DEFAULT_LIMITS, normalReadingsToResolve: 1 };
    expect(calmAlert(raised, limits, NOW).transition).toBe("resolved");
  });

  test("rules change no object that they were given", () => {
    const frozen = Object.freeze({ ...raised });
    calmAlert(frozen, DEFAULT_LIMITS, NOW);
    resolveAlert(frozen, NOW);
    triggerAlert(frozen, "high_power", breach, DEFAULT_LIMITS, NOW);
    expect(frozen).toEqual(raised);
  });
});

describe("a device is silent after more than its interval", () => {
  test.each([
    [null, false],
    [NOW, false],
    [NOW - 120_000, false],
    [NOW - 120_001, true],
    [NOW + 60_000, false],
  ])("last contact %s: %s", (lastContact, silent) => {
    expect(isSilent(lastContact, DEFAULT_LIMITS, NOW)).toBe(silent);
  });
});
