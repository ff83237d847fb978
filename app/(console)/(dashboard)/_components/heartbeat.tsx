import { afterPaging } from "@/app/_ui/after-paging";
import { exactTime } from "@/app/_ui/local-time";
import { healthParts } from "@/lib/domain/health";
import type { DeviceStatusRow } from "@/lib/server/devices/read-device-statuses";
import { DEVICES_PER_PAGE } from "../load-dashboard";
import type { DayProps } from "./day";
import { HeartbeatTable } from "./heartbeat-table";
import { NoDevices } from "./no-devices";

type HeartbeatProps = Pick<DayProps, "day" | "view" | "origin" | "now"> & {
  withFacility: boolean;
};

/** The page of devices in view, its times told in their facilities' zones. */
export function Heartbeat({ day, view, origin, now, withFacility }: HeartbeatProps) {
  const { summary, devices, facilities, facility } = day;
  const { search = "", status = null, connection = null } = view;
  const filtered = search !== "" || status !== null || connection !== null;
  if (summary.occupancy.total === 0 && devices.total === 0 && !filtered) {
    return (
      <NoDevices
        origin={origin}
        facilityId={facility?.id ?? facilities[0]!.id}
        zoneId={summary.zones[0]?.zone_id ?? null}
      />
    );
  }
  const timeZones = new Map(facilities.map(({ id, time_zone }) => [id, time_zone]));
  const rows = devices.rows.map((row) => ({
    ...row,
    lastSeenExact: row.last_seen_at
      ? exactTime(row.last_seen_at, timeZones.get(row.facility_id) ?? "UTC")
      : null,
    healthParts: partsOf(row, now),
  }));
  return (
    <HeartbeatTable
      rows={rows}
      total={devices.total}
      filters={{ search, status, connection }}
      withFacility={withFacility}
      paging={afterPaging(view.after, devices, DEVICES_PER_PAGE)}
    />
  );
}

/** What costs a device health: by the clock of the read, as its score. */
function partsOf(row: DeviceStatusRow, now: Date) {
  const { last_telemetry_at } = row;
  const openAlerts = row.open_alert_types.map((alert_type) => ({ alert_type }));
  const lastTelemetryAt = last_telemetry_at === null ? null : Date.parse(last_telemetry_at);
  const limits = { offlineAfterSeconds: row.offline_after_seconds };
  return healthParts({ openAlerts, lastTelemetryAt, limits }, now.getTime()).parts;
}
