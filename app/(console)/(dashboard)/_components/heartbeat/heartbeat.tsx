import { exactTime, timeIn } from "@/app/_ui/words/local-time";
import { healthParts } from "@/lib/domain/devices/health";
import { nowState } from "@/lib/domain/devices/live";
import type { DeviceStatusRow } from "@/lib/server/devices/read-device-statuses";
import type { HeartbeatPage } from "@/lib/server/devices/read-heartbeat";
import { DEVICES_PER_PAGE, type LoadedDay } from "../../load";
import type { DashboardView } from "../../view";
import { NoDevices } from "../no-devices";
import { HeartbeatTable } from "./heartbeat-table";

type HeartbeatProps = {
  day: LoadedDay;
  view: DashboardView;
  origin: string;
  now: Date;
  withFacility: boolean;
};

/** The page of devices in view, its times told in their facilities' zones. */
export function Heartbeat({ day, view, origin, now, withFacility }: HeartbeatProps) {
  const { summary, devices, facilities, facility } = day;
  const { search = "", status = null, state = null } = view;
  const filtered = search !== "" || status !== null || state !== null;
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
    state: stateOf(row, now),
    offlineSince: row.offline_since
      ? timeIn(
          Date.parse(row.offline_since),
          timeZones.get(row.facility_id) ?? "UTC",
          now.getTime(),
        )
      : null,
    healthParts: partsOf(row, now),
  }));
  return (
    <HeartbeatTable
      rows={rows}
      total={devices.total}
      filters={{ search, status, state }}
      sort={view.sort}
      withFacility={withFacility}
      paging={pagingOf(view.after, devices)}
    />
  );
}

/** The links of a list that is paged by how many rows come before, whatever its order. */
function pagingOf(skipped: number, { rows, total }: HeartbeatPage) {
  const start = (skip: number) => (skip > 0 ? [String(skip)] : []);
  const next = skipped + DEVICES_PER_PAGE;
  return {
    previous: skipped > 0 ? start(skipped - DEVICES_PER_PAGE) : null,
    next: next < total ? start(next) : null,
    firstRow: skipped + 1,
    ...{ rowCount: rows.length, total },
  };
}

function stateOf(row: DeviceStatusRow, now: Date) {
  const facts = {
    isOccupied: row.is_occupied,
    lastContactAt: row.last_contact_at === null ? null : Date.parse(row.last_contact_at),
    limits: { offlineAfterSeconds: row.offline_after_seconds },
  };
  return nowState(facts, row.connection, now.getTime());
}

/** What costs a device health: by the clock of the read, as its score. */
function partsOf(row: DeviceStatusRow, now: Date) {
  const { last_telemetry_at } = row;
  const openAlerts = row.open_alert_types.map((alert_type) => ({ alert_type }));
  const lastTelemetryAt = last_telemetry_at === null ? null : Date.parse(last_telemetry_at);
  const limits = { offlineAfterSeconds: row.offline_after_seconds };
  return healthParts({ openAlerts, lastTelemetryAt, limits }, now.getTime()).parts;
}
