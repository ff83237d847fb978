import { DEVICES_PER_PAGE } from "../load-dashboard";
import { exactTime } from "../local-time";
import type { DayProps } from "./day";
import { HeartbeatTable } from "./heartbeat-table";
import { NoDevices } from "./no-devices";

/** So many pages back are remembered in the address: it must not outgrow what servers take. */
const MOST_PAGES_BACK = 100;

type HeartbeatProps = Pick<DayProps, "day" | "view" | "origin"> & { withFacility: boolean };

/** The page of devices in view, its times told in their facilities' zones. */
export function Heartbeat({ day, view, origin, withFacility }: HeartbeatProps) {
  const { summary, devices, facilities, facility } = day;
  if (summary.occupancy.total === 0 && devices.total === 0 && !view.search && !view.status) {
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
  }));
  const { after } = view;
  return (
    <HeartbeatTable
      rows={rows}
      total={devices.total}
      filters={{ search: view.search ?? "", status: view.status ?? null }}
      withFacility={withFacility}
      paging={{
        previous: after.length > 0 ? after.slice(0, -1) : null,
        next:
          devices.nextCursor === null
            ? null
            : [...after, devices.nextCursor].slice(-MOST_PAGES_BACK),
        firstRow: after.length < MOST_PAGES_BACK ? after.length * DEVICES_PER_PAGE + 1 : null,
        rowCount: rows.length,
        total: devices.total,
      }}
    />
  );
}
