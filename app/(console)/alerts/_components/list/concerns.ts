import type { LiveAlertChange } from "@/lib/domain/devices/live";

/** What a list is narrowed down to, beside states and dates. */
export type Concern = {
  facilityId?: number;
  zoneId?: number;
  deviceId?: number;
  severity?: string;
  type?: string;
  search?: string;
};

/** Whether a change of an alert can show in a list. A device's name is not told with a change. */
export function concerns(list: Concern, change: LiveAlertChange): boolean {
  const { facilityId, zoneId, deviceId, severity, type } = list;
  return (
    (facilityId === undefined || facilityId === change.facility_id) &&
    (zoneId === undefined || zoneId === change.zone_id) &&
    (deviceId === undefined || deviceId === change.device_id) &&
    (severity === undefined || severity === change.severity) &&
    (type === undefined || type === change.alert_type)
  );
}

/** Whether an alert has come up: for the first time, or again. */
export const cameUp = ({ kind }: LiveAlertChange) => kind === "raised" || kind === "reopened";
