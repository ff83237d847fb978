import { describe, expect, test } from "vitest";
import { deviceStatus, healthScore } from "@/lib/domain/health";

const NOW = Date.UTC(2025, 2, 1, 10);

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
    expect(healthScore({ openAlerts, lastTelemetryAt }, NOW)).toBe(score);
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
