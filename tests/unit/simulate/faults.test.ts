import { describe, expect, test } from "vitest";
import { breachesOf } from "@/lib/domain/alerts/alerting";
import { DEFAULT_LIMITS } from "@/lib/domain/devices/limits";
import { timestampError } from "@/lib/domain/messages/timestamp";
import { OFFICE } from "@/lib/server/demo/uses";
import { FAULTS, type Fault, Faults } from "@/scripts/simulate/faults";
import { Simulation } from "@/scripts/simulate/simulation";

const START = Date.parse("2026-05-13T08:00:00Z");
const DEVICES = 300;
const ROUNDS = 12;

/** All that a fleet sends in twelve rounds of a second; each round is looked at twice. */
function simulate(...kinds: Fault[]) {
  const faults = new Faults(kinds, DEVICES);
  const bays = Array.from({ length: DEVICES }, (_, i) => ({
    ...{ code: `B-${i}`, timeZone: "UTC", use: OFFICE, volts: 230, toldUntil: START },
  }));
  const simulation = new Simulation(bays, faults, { everyMs: 1000, startsAt: START });
  const parts = Array.from({ length: 2 * ROUNDS }, (_, i) => {
    const now = START + 500 * (i + 1) - 1;
    return simulation.messagesUntil(now).readings.map((reading) => ({ ...reading, sentAt: now }));
  });
  const rest = simulation.rest().readings.map((one) => ({ ...one, sentAt: START + 1000 * ROUNDS }));
  const readings = [...parts.flat(), ...rest];
  const ofDevice = (code: string) => readings.filter((one) => one.device_code === code);
  return { readings, injected: faults.injected, ofDevice };
}

test("without faults every device sends one plausible reading a round", () => {
  const { readings } = simulate();
  expect(readings).toHaveLength(DEVICES * ROUNDS);
  expect(new Set(readings.map((one) => `${one.device_code} ${one.timestamp}`)).size).toBe(
    readings.length,
  );
  for (const one of readings) {
    expect(breachesOf({ ...one, timestamp: 0 }, DEFAULT_LIMITS)).toEqual({});
    expect(timestampError(Date.parse(one.timestamp), one.sentAt)).toBeNull();
  }
});

describe("each fault befalls devices of its own, as often as it says", () => {
  const { readings, injected, ofDevice } = simulate(...FAULTS);

  test("silence: one reading and nothing more", () => {
    expect(injected.silence).toEqual({ devices: 3 });
    for (const code of ["B-0", "B-100", "B-200"]) expect(ofDevice(code)).toHaveLength(1);
  });

  test("over-power: every reading", () => {
    expect(injected["over-power"]).toEqual({ devices: 3, readings: 3 * ROUNDS });
    const over = readings.filter(({ voltage, current }) => voltage * current > 2000);
    expect(new Set(over.map((one) => one.device_code))).toEqual(new Set(["B-1", "B-101", "B-201"]));
    expect(over).toHaveLength(3 * ROUNDS);
  });

  test("clock-skew: readings that are refused, and late ones, beside those in time", () => {
    expect(injected["clock-skew"]).toEqual({ devices: 3, ahead: 18, late: 18 });
    const refused = readings.filter(
      (one) => timestampError(Date.parse(one.timestamp), one.sentAt) !== null,
    );
    expect(refused).toHaveLength(18);
    expect(new Set(refused.map((one) => one.device_code))).toEqual(
      new Set(["B-2", "B-102", "B-202"]),
    );
    const own = ofDevice("B-2").map((one) => one.timestamp);
    expect(new Set(own).size).toBe(2 * ROUNDS);
  });

  test("duplicates: every reading twice, the second one later", () => {
    expect(injected.duplicates).toEqual({ devices: 3, readings: 3 * ROUNDS });
    const twice = ofDevice("B-3");
    expect(twice).toHaveLength(2 * ROUNDS);
    expect(new Set(twice.map((one) => one.timestamp)).size).toBe(ROUNDS);
  });

  test("bursts: every sixth round comes at one moment", () => {
    // The three silent devices take no part.
    expect(injected.bursts).toEqual({ bursts: 2, readings: 2 * (DEVICES - 3) });
    const at = new Date(START + 5000).toISOString();
    expect(readings.filter((one) => one.timestamp === at).length).toBeGreaterThan(DEVICES - 4);
  });
});

test("faults that were not asked for stay away", () => {
  const { injected } = simulate("duplicates");
  expect(injected).toMatchObject({
    ...{ silence: { devices: 0 }, "over-power": { readings: 0 }, bursts: { readings: 0 } },
    ...{ "clock-skew": { ahead: 0, late: 0 }, duplicates: { devices: 3 } },
  });
});
