import { describe, expect, test } from "vitest";
import { connectionOf } from "@/lib/domain/devices/connection";
import { liveDevice, standingOf } from "@/lib/domain/devices/live";

const NOW = Date.UTC(2025, 2, 1, 10);
const LIMITS = { offlineAfterSeconds: 120 };
const atLimit = NOW - 120_000;
const pastLimit = atLimit - 1;

describe("a device is online, offline past its limit, or was never heard from", () => {
  test.each([
    ["no message was ever stored", null, null, "never"],
    ["heard a moment ago", NOW, NOW, "online"],
    ["its clock is ahead", NOW + 60_000, NOW + 60_000, "online"],
    ["silent for exactly its limit", atLimit, atLimit, "online"],
    ["silent for longer", pastLimit, pastLimit, "offline"],
    ["parking logs go on, telemetry has stopped", NOW, pastLimit, "offline"],
    ["parking logs alone, and no interval of its own", pastLimit, null, "online"],
  ] as const)("%s", (_, lastSeen, lastContact, connection) => {
    expect(connectionOf({ lastSeen, lastContact }, LIMITS, NOW)).toBe(connection);
  });
});

test("a live page sees a device go offline with time alone, and one that was never heard from stay so", () => {
  const device = (heardAt: string | null) =>
    liveDevice(
      {
        ...{ id: 1, code: "A", name: null, zone_id: 1, zone_code: "Z" },
        ...{ facility_id: 1, facility_name: "F", offline_after_seconds: 120, status: "OK" },
        ...{ last_telemetry_at: heardAt, last_parking_log_at: null, last_contact_at: heardAt },
        ...{ is_occupied: null, occupancy_since: null, voltage: null, current: null },
        ...{ open_alerts: 0, worst_open: null },
      },
      NOW,
    );
  const heard = device(new Date(NOW).toISOString());
  expect(standingOf(heard, NOW + 120_000)).toMatchObject({ connection: "online", status: "OK" });
  const later = standingOf(heard, NOW + 120_001);
  expect(later).toMatchObject({ connection: "offline", state: "offline", status: "WARNING" });
  expect(later.stateSince).toBe(NOW + 120_000);
  const never = standingOf(device(null), NOW + 864e5);
  expect(never).toMatchObject({ connection: "never", state: "never", status: "OK" });
});
