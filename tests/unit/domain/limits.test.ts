import { describe, expect, test } from "vitest";
import { z } from "zod";
import { LimitFields } from "@/lib/domain/devices/limit-fields";
import {
  DEFAULT_LIMITS,
  type LimitSettings,
  limitOrigins,
  limitsInForce,
} from "@/lib/domain/devices/limits";

const none: LimitSettings = {
  offlineAfterSeconds: null,
  highPowerW: null,
  maxCurrentA: null,
  maxVoltageV: null,
  normalReadingsToResolve: null,
  reopenWithinSeconds: null,
};

test("the defaults are those of the contract", () => {
  expect(DEFAULT_LIMITS).toEqual({
    offlineAfterSeconds: 120,
    highPowerW: 2000,
    maxCurrentA: 100,
    maxVoltageV: 500,
    normalReadingsToResolve: 3,
    reopenWithinSeconds: 600,
  });
});

describe("the device decides before its zone, the zone before its facility, the default last", () => {
  test.each([
    [null, null, null, 2000],
    [null, null, 30, 30],
    [null, 20, 30, 20],
    [10, 20, 30, 10],
    [10, null, 30, 10],
  ])("device %s, zone %s, facility %s: %d W", (device, zone, facility, inForce) => {
    const levels = [device, zone, facility].map((highPowerW) => ({ ...none, highPowerW }));
    expect(limitsInForce(...levels)).toEqual({ ...DEFAULT_LIMITS, highPowerW: inForce });
  });

  test("a limit of zero is a limit", () => {
    expect(limitsInForce({ ...none, reopenWithinSeconds: 0 }).reopenWithinSeconds).toBe(0);
  });
});

describe("the origin of a limit is the level that decides", () => {
  test.each([
    [null, null, null, 2000, "default"],
    [null, null, 30, 30, "facility"],
    [null, 20, 30, 20, "zone"],
    [10, 20, 30, 10, "device"],
    [10, null, 30, 10, "device"],
  ])("device %s, zone %s, facility %s: %d W from %s", (device, zone, facility, value, origin) => {
    const set = (highPowerW: number | null) => ({ ...none, highPowerW });
    const origins = limitOrigins({ device: set(device), zone: set(zone), facility: set(facility) });
    expect(origins.highPowerW).toEqual({ value, origin });
    expect(origins.maxCurrentA).toEqual({ value: 100, origin: "default" });
  });

  test("a limit of zero has an origin, and one that repeats the default is set", () => {
    const zone = { ...none, reopenWithinSeconds: 0, offlineAfterSeconds: 120 };
    const origins = limitOrigins({ device: none, zone, facility: none });
    expect(origins.reopenWithinSeconds).toEqual({ value: 0, origin: "zone" });
    expect(origins.offlineAfterSeconds).toEqual({ value: 120, origin: "zone" });
  });
});

describe("limits on the wire", () => {
  const Limits = z.object(LimitFields);
  test.each([
    [{}, true],
    [{ offline_after_seconds: null }, true],
    [{ offline_after_seconds: 1 }, true],
    [{ offline_after_seconds: 0 }, false],
    [{ offline_after_seconds: 1.5 }, false],
    [{ offline_after_seconds: 365 * 86_400 + 1 }, false],
    [{ offline_after_seconds: "60" }, false],
    [{ high_power_w: 0.1 }, true],
    [{ high_power_w: 0 }, false],
    [{ max_current_a: -1 }, false],
    [{ max_voltage_v: Number.POSITIVE_INFINITY }, false],
    [{ normal_readings_to_resolve: 0 }, false],
    [{ reopen_within_seconds: 0 }, true],
    [{ reopen_within_seconds: -1 }, false],
  ])("%j is taken: %s", (limits, taken) => {
    expect(Limits.safeParse(limits).success).toBe(taken);
  });
});
