import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Reach } from "@/lib/domain/access/reach";
import { HEARTBEAT_COLUMNS, type HeartbeatColumn, WORST_FIRST } from "@/lib/domain/devices/health";
import { nowState, STATE_FILTERS, statesOf } from "@/lib/domain/devices/live";
import { type Context, SYSTEM } from "@/lib/server/context";
import type { DeviceStatusRow } from "@/lib/server/devices/read-device-statuses";
import { readHeartbeat } from "@/lib/server/devices/read-heartbeat";
import { type EmptyEstate, emptyEstate } from "@/tests/support/empty-estate";
import { makeDevice, makeZone } from "@/tests/support/factories";
import { makeAlert, park, report } from "@/tests/support/history";

let estate: EmptyEstate;
let zones: { id: number; facilityId: number }[];
const NOW = Date.parse("2025-03-02T12:00:00Z");

type Wanted = Partial<Parameters<typeof readHeartbeat>[1]>;
const read = (wanted: Wanted = {}, reach: Reach = { kind: "all" }) => {
  const context: Context = { ...estate.context(NOW), actor: { ...SYSTEM, reach } };
  return readHeartbeat(context, { sort: WORST_FIRST, limit: 100, skip: 0, ...wanted });
};
const codes = async (...asked: Parameters<typeof read>) =>
  (await read(...asked)).rows.map(({ code }) => code);

beforeAll(async () => {
  estate = await emptyEstate();
  const { sql } = estate;
  zones = [await makeZone(sql, { code: "A" }), await makeZone(sql, { code: "B" })];
  const at = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();
  // Each combination of what a device may have sent, of its alerts and of its zone.
  for (const [i, silence] of [null, 10, 119, 121, 400].entries()) {
    for (const [j, alerts] of [[], ["INFO"], ["WARNING"], ["CRITICAL", "WARNING"]].entries()) {
      const device = await makeDevice(sql, {
        ...{ code: `${"DBCA"[j]}-${i}`, name: `Bay ${i}`, zoneId: zones[(i + j) % 2]!.id },
      });
      if (silence !== null) await report(sql, [device, at(silence)]);
      if (silence !== null && j > 0) await park(sql, [device, at(silence + 30), j > 1]);
      for (const [k, severity] of (silence === null && j < 3 ? [] : alerts).entries()) {
        const type = k === 0 ? "high_power" : "invalid_data";
        await makeAlert(sql, device, at(50), { severity: severity as "WARNING", type });
      }
    }
  }
});
afterAll(() => estate.drop());

const stateOf = (row: DeviceStatusRow) => {
  const lastContactAt = row.last_contact_at === null ? null : Date.parse(row.last_contact_at);
  const limits = { offlineAfterSeconds: row.offline_after_seconds };
  return nowState({ isOccupied: row.is_occupied, lastContactAt, limits }, row.connection, NOW);
};
const statusOf = (row: DeviceStatusRow) =>
  row.connection === "never" && row.status === "OK" ? "" : row.status;

/** What the rules in lib/domain make of a row, to sort by. */
const VALUES: Record<HeartbeatColumn, (row: DeviceStatusRow) => number | string | null> = {
  device: ({ code }) => code,
  zone: ({ zone_code }) => zone_code,
  status: (row) => ["CRITICAL", "WARNING", "", "OK"].indexOf(statusOf(row)),
  seen: ({ last_seen_at }) => last_seen_at,
  state: (row) => ["offline", "never", "unknown", "occupied", "free"].indexOf(stateOf(row)),
  health: ({ health_score }) => health_score,
  alerts: ({ open_alerts }) => open_alerts,
};

describe("the heartbeat of devices", () => {
  it.each(
    HEARTBEAT_COLUMNS.flatMap((column) => [[column, false] as const, [column, true] as const]),
  )(
    "sorted by %s, descending %s, has every device in the order of the rules",
    async (column, descending) => {
      const { rows, total } = await read({ sort: { column, descending } });
      expect({ total, rows: rows.length }).toEqual({ total: 20, rows: 20 });
      const compare = (a: DeviceStatusRow, b: DeviceStatusRow) => {
        const [x, y] = [VALUES[column](a), VALUES[column](b)];
        if (x === y) return a.code < b.code ? -1 : 1;
        if (x === null || y === null) return x === null ? 1 : -1;
        return (x < y ? -1 : 1) * (descending ? -1 : 1);
      };
      expect(rows.map(({ code }) => code)).toEqual([...rows].sort(compare).map(({ code }) => code));
    },
  );

  it("begins with what is critical, then warnings, then what never connected, then what is well", async () => {
    const { rows } = await read();
    const ranks = rows.map((row) => statusOf(row) || "never connected");
    expect([...new Set(ranks)]).toEqual(["CRITICAL", "WARNING", "never connected", "OK"]);
  });

  it("has every device on exactly one page, whatever the order", async () => {
    for (const column of HEARTBEAT_COLUMNS) {
      const sort = { column, descending: true };
      const pages = await Promise.all(
        [0, 7, 14, 21].map((skip) => codes({ sort, limit: 7, skip })),
      );
      expect(pages.map((page) => page.length)).toEqual([7, 7, 6, 0]);
      expect(pages.flat()).toEqual(await codes({ sort }));
    }
    expect((await read({ skip: 1_000 })).total).toBe(20);
  });

  it.each(STATE_FILTERS)("narrowed down to %s has the devices in that state", async (state) => {
    const all = (await read()).rows;
    const expected = all.filter((row) => statesOf(state).includes(stateOf(row)));
    expect(expected.length).toBeGreaterThan(0);
    const { rows, total } = await read({ state });
    expect(rows.map(({ code }) => code)).toEqual(expected.map(({ code }) => code));
    expect(total).toBe(expected.length);
  });

  it("narrowed down to OK has no device that never connected", async () => {
    const { rows } = await read({ status: "OK" });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ connection }) => connection === "never")).toEqual([]);
    const warned = (await read({ status: "WARNING" })).rows;
    expect(new Set(warned.map(({ status }) => status))).toEqual(new Set(["WARNING"]));
  });

  it("finds codes and names, in a place and within reach alone", async () => {
    const byCode = { column: "device", descending: false } as const;
    expect(await codes({ search: "a-", sort: byCode })).toEqual([
      "A-0",
      "A-1",
      "A-2",
      "A-3",
      "A-4",
    ]);
    expect(await codes({ search: "BAY 3", sort: byCode })).toEqual(["A-3", "B-3", "C-3", "D-3"]);
    const inZone = await codes({ zoneId: zones[0]!.id });
    expect(inZone.length).toBe(10);
    const reach: Reach = { kind: "facilities", ids: [zones[0]!.facilityId] };
    expect(await codes({}, reach)).toEqual(inZone);
    expect(await read({ facilityId: zones[1]!.facilityId }, reach)).toEqual({ total: 0, rows: [] });
  });
});
