import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase } from "@/db/client";
import { Partitions } from "@/db/partitions";
import { EVERYWHERE, type Reach } from "@/lib/domain/access/reach";
import type { AlertGrouping } from "@/lib/domain/alerts/alerting";
import { DEFAULT_LIMITS } from "@/lib/domain/devices/limits";
import type { AlertFilters } from "@/lib/server/alerts/alert-filters";
import { countAlerts } from "@/lib/server/alerts/count-alerts";
import { type AlertGroupCursor, readAlertGroups } from "@/lib/server/alerts/read-alert-groups";
import { readAlerts } from "@/lib/server/alerts/read-alerts";
import { readReadingsAround } from "@/lib/server/alerts/read-readings-around";
import { SYSTEM } from "@/lib/server/context";
import { recordTelemetry } from "@/lib/server/ingest/record-telemetry";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import {
  type Device,
  makeDevice,
  makeFacility,
  makeZone,
  type Zone,
} from "@/tests/support/factories";
import { makeAlert } from "@/tests/support/history";

let database: TestDatabase;
let pool: ReturnType<typeof connectDatabase>;
let zones: [Zone, Zone];
let devices: [Device, Device, Device];

const at = (second: number) => new Date(Date.UTC(2025, 2, 2, 12, 0, second)).toISOString();
const context = (reach: Reach = EVERYWHERE) => ({ db: pool.db, actor: { ...SYSTEM, reach } });
const groups = async (by: AlertGrouping, filters: AlertFilters = {}, reach?: Reach) => {
  const { rows } = await readAlertGroups(context(reach), { by, ...filters });
  return rows.map(({ key, worst, alerts, open }) => [key, worst, alerts, open]);
};

/** One facility with two zones: A with two devices, B with one. */
beforeAll(async () => {
  database = await createTestDatabase();
  pool = connectDatabase(database.url);
  const { sql } = database;
  const { id: facilityId } = await makeFacility(sql);
  zones = [
    await makeZone(sql, { facilityId, code: "A" }),
    await makeZone(sql, { facilityId, code: "B" }),
  ];
  devices = [
    await makeDevice(sql, { zoneId: zones[0].id, code: "North-1" }),
    await makeDevice(sql, { zoneId: zones[0].id, code: "North-2", name: "By the gate" }),
    await makeDevice(sql, { zoneId: zones[1].id, code: "South-1" }),
  ];
  const [north1, north2, south] = devices;
  const offline = { type: "offline", severity: "WARNING" } as const;
  await makeAlert(sql, north1, at(1), { ...offline, resolvedAt: at(2) });
  await makeAlert(sql, north1, at(3), { ...offline, resolvedAt: at(4), acknowledgedAt: at(4) });
  await makeAlert(sql, north1, at(5), { ...offline, acknowledgedAt: at(6) });
  await makeAlert(sql, north2, at(7), offline);
  await makeAlert(sql, south, at(8));
});
afterAll(async () => {
  await pool.sql.end();
  await database.drop();
});

describe("groups of alerts", () => {
  it("have counts and the worst severity, the worst group first", async () => {
    const [north1, north2, south] = devices;
    expect(await groups("device")).toEqual([
      [String(south.id), "CRITICAL", 1, 1],
      [String(north1.id), "WARNING", 3, 0],
      [String(north2.id), "WARNING", 1, 1],
    ]);
    expect(await groups("zone")).toEqual([
      [String(zones[1].id), "CRITICAL", 1, 1],
      [String(zones[0].id), "WARNING", 4, 1],
    ]);
    expect(await groups("type")).toEqual([
      ["high_power", "CRITICAL", 1, 1],
      ["offline", "WARNING", 4, 1],
    ]);
  });

  it("say what they are of, and when their newest alert came", async () => {
    const { rows, total } = await readAlertGroups(context(), { by: "device", state: "open" });
    expect(total).toBe(2);
    expect(rows[0]).toEqual({
      ...{ key: String(devices[2].id), device_code: "South-1", zone_code: "B" },
      ...{ facility_id: devices[2].facilityId, alert_type: null, worst: "CRITICAL" },
      ...{ alerts: 1, open: 1, newest_at: at(8) },
    });
  });

  it("hold what the filters let through, and nothing out of reach", async () => {
    expect(await groups("zone", { severity: "WARNING", state: "open" })).toEqual([
      [String(zones[0].id), "WARNING", 1, 1],
    ]);
    expect(await groups("type", {}, { kind: "device", id: devices[0].id })).toEqual([
      ["offline", "WARNING", 3, 0],
    ]);
    expect(await groups("device", {}, { kind: "facilities", ids: [] })).toEqual([]);
  });

  it("come page by page, each once and in order, also where counts are equal", async () => {
    const seen: string[] = [];
    for (let cursor: AlertGroupCursor | undefined; ; ) {
      const page = await readAlertGroups(context(), { by: "device", limit: 1, cursor });
      expect(page.total).toBe(page.rows.length === 0 ? 0 : 3);
      seen.push(...page.rows.map(({ key }) => key));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(seen).toEqual((await groups("device")).map(([key]) => key));
  });

  it("add up to what the list shows", async () => {
    for (const by of ["device", "zone", "type"] as const) {
      for (const state of ["open", "acknowledged", "resolved"] as const) {
        const { total } = await readAlerts(context(), { state, limit: 1 });
        const counted = (await groups(by, { state })).map(([, , alerts]) => Number(alerts));
        expect(counted.reduce((sum, n) => sum + n, 0)).toBe(total);
      }
    }
  });
});

describe("the states of alerts", () => {
  it("are counted, each alert in one of them, whatever state is in view", async () => {
    const counts = { open: 2, acknowledged: 1, resolved: 2, all: 5 };
    expect(await countAlerts(context(), {})).toEqual(counts);
    expect(await countAlerts(context(), { state: "open" })).toEqual(counts);
    expect(await countAlerts(context(), { zoneId: zones[1].id })).toEqual({
      ...{ open: 1, acknowledged: 0, resolved: 0, all: 1 },
    });
    expect(await countAlerts(context({ kind: "facilities", ids: [] }), {})).toMatchObject({
      all: 0,
    });
  });

  it("filter the list, as does part of a device's code or name", async () => {
    const found = async (filters: AlertFilters) =>
      (await readAlerts(context(), filters)).rows.map(({ created_at }) => created_at);
    expect(await found({ state: "open" })).toEqual([at(8), at(7)]);
    expect(await found({ state: "acknowledged" })).toEqual([at(5)]);
    expect(await found({ state: "resolved" })).toEqual([at(3), at(1)]);
    expect(await found({ search: "NORTH", state: "open" })).toEqual([at(7)]);
    expect(await found({ search: "the gate" })).toEqual([at(7)]);
    expect(await found({ search: "%" })).toEqual([]);
  });
});

describe("the readings around an instant", () => {
  it("are the nearest on either side, oldest first, and none of another device", async () => {
    const row = (device: Device, second: number) => ({
      device: {
        ...{ id: device.id, code: device.code, zoneId: device.zoneId },
        ...{ facilityId: device.facilityId, retired: false, limits: DEFAULT_LIMITS },
        anyMessageCounts: false,
      },
      timestamp: Date.parse(at(second)),
      ...{ voltage: 230, current: second, powerFactor: null, temperatureC: null },
      ...{ batteryV: null, rssiDbm: null },
    });
    const { sql } = database;
    await recordTelemetry({ sql, partitions: new Partitions(sql), now: Date.parse(at(30)) }, [
      ...[1, 2, 3, 4, 5, 6, 7].map((second) => row(devices[0], second)),
      row(devices[1], 4),
    ]);
    const around = { deviceId: devices[0].id, at: at(4), each: 2 };
    const readings = await readReadingsAround(context(), around);
    expect(readings.map(({ timestamp }) => timestamp)).toEqual([at(3), at(4), at(5), at(6)]);
    expect(readings[0]).toEqual({ timestamp: at(3), voltage: 230, current: 3, power_w: 690 });
    const elsewhere: Reach = { kind: "zone", id: zones[1].id };
    expect(await readReadingsAround(context(elsewhere), around)).toEqual([]);
  });
});
