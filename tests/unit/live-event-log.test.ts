import { describe, expect, test } from "vitest";
import { EVERYWHERE } from "@/lib/domain/access/reach";
import { type Audience, bytesFor, EventLog, type FacilityEvent } from "@/lib/server/live/event-log";

const event = (facilityId: number, sent: unknown = {}): FacilityEvent => ({
  ...{ name: "devices" as const, facilityId, beside: {} },
  items: [{ place: { id: facilityId * 10, zoneId: facilityId * 100, facilityId }, sent }],
});
const everybody: Audience = { reach: EVERYWHERE, devices: true };
const idsSince = (log: EventLog, id: string) => log.since(id)?.map((entry) => entry.id) ?? null;

describe("the log of events", () => {
  test("who knows the newest event has missed nothing", () => {
    const log = new EventLog();
    expect(idsSince(log, log.position)).toEqual([]);
    log.append(event(1), 0);
    expect(idsSince(log, log.position)).toEqual([]);
  });

  test("what followed an event is known in its order", () => {
    const log = new EventLog();
    const start = log.position;
    const ids = [1, 2, 3].map((facility) => log.append(event(facility), 0).id);
    expect(idsSince(log, start)).toEqual(ids);
    expect(idsSince(log, ids[1]!)).toEqual([ids[2]]);
  });

  test("what is older than two minutes, or too much, can't be told any more", () => {
    const log = new EventLog();
    const start = log.position;
    const first = log.append(event(1), 0);
    log.append(event(2), 120_001);
    expect(idsSince(log, start)).toBeNull();
    expect(idsSince(log, first.id)).toHaveLength(1);
    for (let i = 0; i < 5; i++) log.append(event(3, "x".repeat(4 * 1024 * 1024)), 120_002);
    expect(idsSince(log, first.id)).toBeNull();
  });

  test.each(["", "-", "0", "x-0", "x-1"])(
    "an id of no event of this log (%j) is not known",
    (id) => {
      const log = new EventLog();
      log.append(event(1), 0);
      expect(log.since(id)).toBeNull();
    },
  );

  test("an id of the future, and one from before a restart, are not known", () => {
    const log = new EventLog();
    const { id } = log.append(event(1), 0);
    expect(log.since(id.replace(/-1$/, "-2"))).toBeNull();
    log.restart();
    expect(log.since(id)).toBeNull();
  });

  test("an event is encoded once for all who hear all of it", () => {
    const log = new EventLog();
    const entry = log.append(event(1), 0);
    expect(bytesFor(everybody, entry)).toBe(entry.bytes);
    expect(bytesFor({ ...everybody, reach: { kind: "facilities", ids: [1] } }, entry)).toBe(
      entry.bytes,
    );
    expect(bytesFor({ ...everybody, reach: { kind: "facilities", ids: [2] } }, entry)).toBeNull();
    expect(bytesFor({ ...everybody, devices: false }, entry)).toBeNull();
    expect(bytesFor({ ...everybody, zoneId: 100 }, entry)).not.toBeNull();
    expect(bytesFor({ ...everybody, zoneId: 101 }, entry)).toBeNull();
    expect(bytesFor({ ...everybody, reach: { kind: "device", id: 11 } }, entry)).toBeNull();
  });
});
