import type { WireAlertChange } from "@/lib/domain/devices/live";
import type { DeviceStatusRow } from "@/lib/server/devices/read-device-statuses";
import type { FacilityEvent } from "./event-log";

/**
 * The events that tell these changes, by facility: streams of one facility take theirs alone.
 * @param openAlerts open alerts by facility, after the changes
 * @param readAt nothing that changed before is missing
 */
export function facilityEvents(
  devices: DeviceStatusRow[],
  alerts: WireAlertChange[],
  openAlerts: ReadonlyMap<number, number>,
  readAt: Date,
): FacilityEvent[] {
  const ofDevices = [...byFacility(devices)].map(([facilityId, rows]) => ({
    ...{ name: "devices" as const, facilityId, beside: { read_at: readAt.toISOString() } },
    items: rows.map((row) => ({
      place: { id: row.id, zoneId: row.zone_id, facilityId },
      sent: row,
    })),
  }));
  const ofAlerts = [...byFacility(alerts)].map(([facilityId, rows]) => ({
    ...{ name: "alerts" as const, facilityId },
    beside: { facility_id: facilityId, open_alerts: openAlerts.get(facilityId) ?? 0 },
    items: rows.map((row) => ({
      place: { id: row.device_id, zoneId: row.zone_id, facilityId },
      sent: row,
    })),
  }));
  return [...ofDevices, ...ofAlerts];
}

function byFacility<T extends { facility_id: number }>(rows: T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const group = groups.get(row.facility_id);
    if (group) group.push(row);
    else groups.set(row.facility_id, [row]);
  }
  return groups;
}
