import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase, connectIngest } from "@/db/client";
import { Partitions } from "@/db/partitions";
import { DEFAULT_LIMITS } from "@/lib/domain/devices/limits";
import { acknowledgeAlerts } from "@/lib/server/alerts/acknowledge-alerts";
import { readAlerts } from "@/lib/server/alerts/read-alerts";
import { unacknowledgeAlerts } from "@/lib/server/alerts/unacknowledge-alerts";
import { type Context, SYSTEM } from "@/lib/server/context";
import { recordTelemetry } from "@/lib/server/ingest/record-telemetry";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type Device, makeDevice, makeZone } from "@/tests/support/factories";

let database: TestDatabase;
let pool: ReturnType<typeof connectDatabase>;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = connectDatabase(database.url);
});
afterAll(async () => {
  await pool.sql.end();
  await database.drop();
});

const AT = "2025-03-02T12:00:00.000Z";
const as = (name: string): Context => ({
  ...{ db: pool.db, actor: { ...SYSTEM, name }, now: new Date(AT) },
});

describe("while readings raise, resolve and reopen the same alerts", () => {
  const nothing = { powerFactor: null, temperatureC: null, batteryV: null, rssiDbm: null };
  const reading = (device: Device, second: number, current: number) => ({
    device: {
      ...{ id: device.id, code: device.code, zoneId: device.zoneId },
      ...{ facilityId: device.facilityId, retired: false, anyMessageCounts: false },
      limits: { ...DEFAULT_LIMITS, normalReadingsToResolve: 1 },
    },
    timestamp: Date.parse(AT) + second * 1000,
    ...{ voltage: 230, current, ...nothing },
  });

  it("no one waits for ever, and each alert is what its timeline says", async () => {
    const zone = await makeZone(database.sql);
    const devices = await Promise.all(
      Array.from({ length: 12 }, () => makeDevice(database.sql, { zoneId: zone.id })),
    );
    const ingest = connectIngest(database.url);
    const lane = (second: number) => ({
      ...{ sql: ingest, partitions: new Partitions(ingest), now: Date.parse(AT) + second * 1000 },
    });
    const feed = async () => {
      for (let second = 0; second < 40; second++) {
        const current = second % 2 === 0 ? 12 : 1;
        const rows = devices.map((device) => reading(device, second, current));
        await recordTelemetry(lane(second), rows);
      }
    };
    const operate = async (name: string) => {
      for (let round = 0; round < 30; round++) {
        const { rows } = await readAlerts(as(name), { zoneId: zone.id });
        const ids = rows.map(({ id }) => id);
        await acknowledgeAlerts(as(name), { ids: round % 2 ? ids : ids.reverse(), comment: null });
        await unacknowledgeAlerts(as(name), { ids });
        await acknowledgeAlerts(as(name), { matching: { zoneId: zone.id }, comment: null });
      }
    };
    try {
      await Promise.all([feed(), operate("ada"), operate("bob")]);
    } finally {
      await ingest.end();
    }
    const told = await database.sql`
      select a.acknowledged_at is not null as acknowledged, a.acknowledged_by,
             (select t.kind from alert_transitions t
              where t.alert_id = a.id and t.kind <> 'resolved' order by t.id desc limit 1) as last,
             (select t.actor from alert_transitions t
              where t.alert_id = a.id and t.kind = 'acknowledged' order by t.id desc limit 1) as by
      from alerts a join devices d on d.id = a.device_id where d.zone_id = ${zone.id}`;
    expect(told.length).toBeGreaterThanOrEqual(12);
    for (const { acknowledged, acknowledged_by, last, by } of told) {
      expect(acknowledged).toBe(last === "acknowledged");
      if (acknowledged) expect(acknowledged_by).toBe(by);
    }
  });
});
