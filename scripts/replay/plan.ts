import type { ListedDevice } from "./devices-file";
import type { NamedDevices } from "./scan";
import { type ChosenZone, chooseZone } from "./time-zone";

export type PlannedDevice = { code: string; name?: string; zone: string; facility: string };
export type PlannedFacility = { code: string; name: string; zone: ChosenZone };

/** All that has to be there before rows are sent. */
export type Plan = {
  facilities: PlannedFacility[];
  devices: PlannedDevice[];
  /** Those that only events or telemetry name; they have a facility of their own. */
  unlisted: PlannedDevice[];
};

export const UNASSIGNED = { code: "UNASSIGNED", name: "Unassigned" };

/**
 * Plans facilities, zones and devices.
 * @param named devices of the events and telemetry files
 * @param timeZone of every facility that the devices file gives none
 */
export function planEstate(
  listed: ListedDevice[],
  named: NamedDevices,
  timeZone: string | undefined,
): Plan {
  const everywhere = offsetsOf(listed, named);
  const byFacility = new Map<string, ListedDevice[]>();
  for (const device of listed) {
    const others = byFacility.get(device.facility);
    if (others) others.push(device);
    else byFacility.set(device.facility, [device]);
  }
  const facilities = [...byFacility].map(([code, devices]): PlannedFacility => {
    const column = devices.find((device) => device.time_zone)?.time_zone;
    const own = offsetsOf(devices, named);
    // A facility without a single row goes by what the others show.
    return { code, name: code, zone: chooseZone(column, timeZone, own.size ? own : everywhere) };
  });
  const codes = new Set(listed.map((device) => device.device_code));
  const unlisted = [...named.keys()]
    .filter((code) => !codes.has(code))
    .map((code) => ({ code, zone: UNASSIGNED.name, facility: UNASSIGNED.code }));
  if (unlisted.length > 0 && !facilities.some(({ code }) => code === UNASSIGNED.code)) {
    facilities.push({ ...UNASSIGNED, zone: zoneOfUnlisted(facilities, timeZone) });
  }
  const devices = listed.map(({ device_code: code, name, zone, facility }) => ({
    code,
    name,
    zone,
    facility,
  }));
  return { facilities, devices, unlisted };
}

/** Devices that no one placed go by the clock that all the others share, if they do. */
function zoneOfUnlisted(listed: PlannedFacility[], timeZone: string | undefined): ChosenZone {
  const [shared, ...others] = new Set(listed.map((facility) => facility.zone.timeZone));
  return timeZone === undefined && shared !== undefined && others.length === 0
    ? { timeZone: shared, why: "that of all listed facilities" }
    : chooseZone(undefined, timeZone, new Set());
}

function offsetsOf(devices: ListedDevice[], named: NamedDevices): Set<number> {
  return new Set(devices.flatMap(({ device_code: code }) => [...(named.get(code) ?? [])]));
}
