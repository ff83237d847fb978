import { describe, expect, test } from "vitest";
import { deviceStatus, healthParts, healthScore } from "@/lib/domain/devices/health";

const NOW = Date.UTC(2025, 2, 1, 10);
const DAILY = { offlineAfterSeconds: 86_400 };
const limits = { offlineAfterSeconds: 120 };

describe("health: 100, less 10 per open alert, less 30 for telemetry older than 300 s or none", () => {
  test.each([
    [0, NOW, 100],
    [0, NOW - 300_000, 100],
    [0, NOW - 300_001, 70],
    [0, null, 70],
    [1, NOW, 90],
    [3, null, 40],
    [7, null, 0],
    [8, null, 0],
    [10, NOW, 0],
    [1000, NOW, 0],
  ])("%d open alerts, last telemetry at %s: %d", (openAlerts, lastTelemetryAt, score) => {
    expect(healthScore({ openAlerts, lastTelemetryAt, limits }, NOW)).toBe(score);
  });

  test.each([
    [299, NOW - 300_000, 100],
    [299, NOW - 300_001, 70],
    [301, NOW - 300_001, 100],
    [301, NOW - 301_000, 100],
    [301, NOW - 301_001, 70],
    [86_400, NOW - 86_400_000, 100],
    [86_400, NOW - 86_400_001, 70],
    [86_400, null, 70],
  ])(
    "allowed %d s of silence, last telemetry at %s: %d, as the longer of 300 s and that counts",
    (offlineAfterSeconds, lastTelemetryAt, score) => {
      const facts = { openAlerts: 0, lastTelemetryAt, limits: { offlineAfterSeconds } };
      expect(healthScore(facts, NOW)).toBe(score);
      expect(healthParts(facts, NOW).score).toBe(score);
    },
  );
});

describe("the explanation of a score", () => {
  test("names each open alert and the silence, with what they cost", () => {
    const openAlerts = [{ alert_type: "high_power" }, { alert_type: "offline" }] as const;
    expect(healthParts({ openAlerts, lastTelemetryAt: NOW - 300_001, limits }, NOW)).toEqual({
      score: 50,
      parts: [
        { rule: "open_alert", reason: "Open alert: high power", points: 10 },
        { rule: "open_alert", reason: "Open alert: offline", points: 10 },
        { rule: "silence", reason: "No telemetry for more than 5 min", points: 30 },
      ],
    });
  });

  test("names the silence that is allowed where that is longer than 5 minutes", () => {
    const facts = { openAlerts: 0, lastTelemetryAt: NOW - 86_400_001, limits: DAILY };
    const reason = "No telemetry for more than 1 d";
    expect(healthParts(facts, NOW).parts).toEqual([{ rule: "silence", reason, points: 30 }]);
  });

  test("counts alerts of which only the number is known", () => {
    const parts = (openAlerts: number) =>
      healthParts({ openAlerts, lastTelemetryAt: NOW, limits }, NOW);
    expect(parts(0)).toEqual({ score: 100, parts: [] });
    expect(parts(1)).toEqual({
      score: 90,
      parts: [{ rule: "open_alert", reason: "1 open alert", points: 10 }],
    });
    expect(parts(2)).toEqual({
      score: 80,
      parts: [{ rule: "open_alert", reason: "2 open alerts", points: 20 }],
    });
  });

  test("tells a device that never reported from one that went silent", () => {
    expect(healthParts({ openAlerts: 0, lastTelemetryAt: null, limits }, NOW)).toEqual({
      score: 70,
      parts: [{ rule: "silence", reason: "No telemetry yet", points: 30 }],
    });
  });

  test("lists all that costs points, though no score is below 0", () => {
    const { score, parts } = healthParts({ openAlerts: 12, lastTelemetryAt: null, limits }, NOW);
    expect(score).toBe(0);
    expect(parts.map(({ points }) => points)).toEqual([120, 30]);
  });
});

describe("status comes from the worst open alert, silence counting as a warning", () => {
  test.each([
    [null, false, "OK"],
    [null, true, "WARNING"],
    ["INFO", false, "OK"],
    ["INFO", true, "WARNING"],
    ["WARNING", false, "WARNING"],
    ["WARNING", true, "WARNING"],
    ["CRITICAL", false, "CRITICAL"],
    ["CRITICAL", true, "CRITICAL"],
  ] as const)("%s, silent %s: %s", (worst, silent, status) => {
    expect(deviceStatus(worst, silent)).toBe(status);
  });
});
