import type { Sql } from "postgres";
import { Partitions } from "@/db/partitions";
import { DEFAULT_LIMITS } from "@/lib/domain/devices/limits";
import { recordParkingLogs } from "@/lib/server/ingest/record-parking-logs";
import { recordTelemetry } from "@/lib/server/ingest/record-telemetry";
import { type Device, makeDevice, makeFacility, makeZone } from "./factories";

/** A facility with one zone and up to three devices in it. */
export async function makeEstate(sql: Sql, timeZone: string, devices: number, overrides = {}) {
  const facility = await makeFacility(sql, { timeZone });
  const zone = await makeZone(sql, { facilityId: facility.id });
  const made: Device[] = [];
  for (let i = 0; i < devices; i++) {
    made.push(await makeDevice(sql, { zoneId: zone.id, ...overrides }));
  }
  return { facility, zone, devices: made as [Device, Device, Device] };
}

/** [device, time, occupied] */
export type Event = [device: Device, at: string, isOccupied: boolean];
/** [device, time], of a normal reading. */
export type Contact = [device: Device, at: string];

const row = (device: Device, at: string) => ({
  device: {
    ...{ id: device.id, code: device.code, zoneId: device.zoneId, facilityId: device.facilityId },
    ...{ retired: false, limits: DEFAULT_LIMITS, anyMessageCounts: false },
  },
  timestamp: Date.parse(at),
});

/** Stores parking logs the way ingestion does, rollups and state included. */
export async function park(sql: Sql, ...events: Event[]): Promise<void> {
  const lane = { sql, partitions: new Partitions(sql), now: Date.now() };
  await recordParkingLogs(
    lane,
    events.map(([device, at, isOccupied]) => ({ ...row(device, at), isOccupied })),
  );
}

/** Stores normal readings of 230 V and 1 A the way ingestion does. */
export async function report(sql: Sql, ...contacts: Contact[]): Promise<void> {
  const lane = { sql, partitions: new Partitions(sql), now: Date.now() };
  const nothing = { powerFactor: null, temperatureC: null, batteryV: null, rssiDbm: null };
  await recordTelemetry(
    lane,
    contacts.map(([device, at]) => ({ ...row(device, at), voltage: 230, current: 1, ...nothing })),
  );
}

export type AlertOverrides = {
  type?: "offline" | "high_power" | "invalid_data";
  severity?: "INFO" | "WARNING" | "CRITICAL";
  acknowledgedAt?: string;
  resolvedAt?: string;
};

/** An alert that was raised at this time. */
export async function makeAlert(
  sql: Sql,
  device: { id: number },
  createdAt: string,
  { type = "high_power", severity = "CRITICAL", ...times }: AlertOverrides = {},
): Promise<number> {
  const [alert] = await sql<[{ id: number }]>`
    insert into alerts ${sql({
      ...{ device_id: device.id, alert_type: type, severity, message: "Too much" },
      ...{ created_at: createdAt, last_triggered_at: createdAt },
      acknowledged_at: times.acknowledgedAt ?? null,
      acknowledged_by: times.acknowledgedAt ? "ada" : null,
      resolved_at: times.resolvedAt ?? null,
    })} returning id`;
  await sql`insert into alert_transitions (alert_id, kind, at, actor)
    values (${alert.id}, 'raised', ${createdAt}, 'system')`;
  return alert.id;
}
