import { describe, expect, it, test } from "vitest";
import { STATE_WORDS } from "@/app/_ui/words/device-words";
import { startOfDay } from "@/app/_ui/words/local-time";
import { countsOf, liveRow, passes } from "@/app/(console)/live/_components/live-row";
import { isFiltered, liveView, UNFILTERED } from "@/app/(console)/live/view";
import { type LiveDevice, NOW_STATES } from "@/lib/domain/devices/live";

const NOW = Date.parse("2025-03-02T12:00:00Z");
const ago = (seconds: number) => NOW - seconds * 1000;

/** A device of facility 1, as a page keeps it; without times it was never heard. */
function bay(code: string, facts: Partial<LiveDevice> = {}) {
  const device: LiveDevice = {
    ...{ id: 1, code, name: null, zone_id: 1, zone_code: "A", facility_id: 1 },
    ...{ facility_name: "F", last_telemetry_at: null, last_parking_log_at: null },
    ...{ last_contact_at: facts.last_telemetry_at ?? null, offline_after_seconds: 120 },
    ...{ is_occupied: null, occupancy_since: null, voltage: null, current: null },
    ...{ open_alerts: 0, worst_open: null, read_at: NOW },
    ...facts,
  };
  return liveRow(device, NOW);
}

const BAYS = [
  bay("occupied", { last_telemetry_at: ago(10), is_occupied: true }),
  bay("free", { last_telemetry_at: ago(10), is_occupied: false }),
  bay("offline", { last_telemetry_at: ago(50_000), is_occupied: true }),
  bay("never"),
  bay("unknown", { last_telemetry_at: ago(10) }),
];
const shown = (query: string, dayStarts: Record<number, number> = {}) => {
  const view = liveView.read(new URLSearchParams(query));
  return BAYS.filter((row) => passes(row, view, dayStarts)).map(({ code }) => code);
};

describe("the filters of Live", () => {
  it.each([
    ["state=occupied", ["occupied"]],
    ["state=offline", ["offline"]],
    ["state=never", ["never"]],
    ["state=no_event", ["unknown"]],
    ["state=unknown", ["offline", "never", "unknown"]],
    ["status=OK", ["occupied", "free", "unknown"]],
    ["status=WARNING", ["offline"]],
    ["state=nonsense", BAYS.map(({ code }) => code)],
  ])("%s lets through %j", (query, expected) => {
    expect(shown(query)).toEqual(expected);
  });

  it("let through what was seen today by the clock of its facility", () => {
    expect(shown("seen=today", { 1: ago(20) })).toEqual(["occupied", "free", "unknown"]);
    expect(shown("seen=today", { 1: ago(60_000) })).toContain("offline");
    expect(shown("seen=today", { 1: ago(60_000) })).not.toContain("never");
  });

  it("are in the address and out of it again", () => {
    const query = new URLSearchParams("state=never&status=OK&seen=today&alerts=open&zone=4");
    const view = liveView.read(query);
    expect(isFiltered(view)).toBe(true);
    expect(new Set(liveView.write(new URLSearchParams(), view))).toEqual(new Set(query));
    const cleared = { ...view, ...UNFILTERED };
    expect(isFiltered(cleared)).toBe(false);
    expect(liveView.write(query, cleared).size).toBe(0);
  });
});

test("every state is counted by itself and has a word of its own", () => {
  expect(countsOf(BAYS)).toEqual({
    ...{ total: 5, occupied: 1, free: 1, offline: 1, never: 1, unknown: 1, alerting: 0 },
  });
  expect(new Set(NOW_STATES.map((state) => STATE_WORDS[state].word)).size).toBe(5);
});

test.each([
  ["Europe/Berlin", "2025-03-30T12:00:00Z", "2025-03-29T23:00:00Z"],
  ["Europe/Berlin", "2025-10-26T22:59:59Z", "2025-10-25T22:00:00Z"],
  ["Asia/Shanghai", "2025-03-02T15:59:59Z", "2025-03-01T16:00:00Z"],
  ["America/Sao_Paulo", "2018-11-04T12:00:00Z", "2018-11-04T03:00:00Z"],
])("in %s the day of %s began at %s", (zone, at, start) => {
  expect(new Date(startOfDay(Date.parse(at), zone)).toISOString()).toBe(
    new Date(start).toISOString(),
  );
});
