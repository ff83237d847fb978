import type { DeviceRow } from "@/lib/domain/devices/device";
import { unknownTimeZone } from "@/lib/domain/estate/facility";
import type { Listed, RowErrors } from "@/lib/domain/values/csv-list";
import type { FieldErrors } from "@/lib/domain/values/problem";

/** A row of a list of devices. */
export type ListedDevice = Listed<DeviceRow>;

/** What is there already of the things that a list names. */
export type Known = {
  facilities: Map<string, { timeZone: string; retired: boolean }>;
  /** By `placeKey`. */
  zones: Map<string, { retired: boolean }>;
  devices: Map<string, KnownDevice>;
  /** Time zones of the list that Postgres knows, in lower case. */
  timeZones: Set<string>;
  /** Whether who imports reaches all facilities, new ones too. */
  mayMakeFacilities: boolean;
};
export type KnownDevice = {
  id: number;
  facility: string;
  zone: string;
  name: string | null;
  offlineAfterSeconds: number | null;
  /** Of what is out of reach nothing is told but that its code is taken. */
  withinReach: boolean;
};

/** What an import is going to do. */
export type ImportPlan = {
  facilities: Map<string, { name: string; timeZone: string }>;
  zones: Map<string, { facility: string; code: string; name: string }>;
  created: ListedDevice[];
  moved: { id: number; row: ListedDevice }[];
  changed: { id: number; row: ListedDevice }[];
  updated: number;
  unchanged: number;
};

/** A zone by its facility's code and its own. */
export const placeKey = ({ facility, zone }: { facility: string; zone: string }) =>
  JSON.stringify([facility, zone]);

/**
 * Decides what the rows of a list mean for the estate.
 * @param errors gets what is wrong with rows; then the plan must not be carried out
 */
export function planImport(
  rows: ListedDevice[],
  known: Known,
  { move, errors }: { move: boolean; errors: RowErrors },
): ImportPlan {
  const plan: ImportPlan = {
    facilities: newFacilities(rows, known),
    zones: new Map(),
    created: [],
    moved: [],
    changed: [],
    updated: 0,
    unchanged: 0,
  };
  const lineOf = new Map<string, number>();
  for (const row of rows) {
    const first = lineOf.get(row.device_code);
    lineOf.set(row.device_code, first ?? row.line);
    const faults: FieldErrors = { ...placeFaults(row, known, plan, move) };
    if (first !== undefined) faults.device_code = [`Is in row ${first} too.`];
    if (Object.keys(faults).length > 0) errors.set(row.line, faults);
    else planRow(row, known, plan);
  }
  for (const row of rows) {
    const zone = plan.zones.get(placeKey(row));
    // The zone's name may stand in a later row than its code.
    if (zone && row.zone_name && zone.name === zone.code) zone.name = row.zone_name;
  }
  return plan;
}

/** A facility can be made where one of its rows tells its time zone. */
function newFacilities(rows: ListedDevice[], known: Known): ImportPlan["facilities"] {
  const made: ImportPlan["facilities"] = new Map();
  for (const row of rows) {
    if (
      !known.mayMakeFacilities ||
      !row.time_zone ||
      known.facilities.has(row.facility) ||
      made.has(row.facility)
    )
      continue;
    made.set(row.facility, { name: row.facility, timeZone: row.time_zone });
  }
  for (const row of rows) {
    const facility = made.get(row.facility);
    if (facility && row.facility_name && facility.name === row.facility) {
      facility.name = row.facility_name;
    }
  }
  return made;
}

function placeFaults(row: ListedDevice, known: Known, plan: ImportPlan, move: boolean) {
  const faults: FieldErrors = {};
  const facility = known.facilities.get(row.facility) ?? plan.facilities.get(row.facility);
  const device = known.devices.get(row.device_code);
  if (device && !device.withinReach) return { device_code: ["Another device has this code."] };
  const moves = device && placeKey(device) !== placeKey(row);
  if (!facility) {
    const howTo = known.mayMakeFacilities ? ". With a time_zone it will be created" : "";
    faults.facility = [`No such facility${howTo}.`];
  }
  if (row.time_zone && !known.timeZones.has(row.time_zone.toLowerCase())) {
    Object.assign(faults, unknownTimeZone);
  } else if (row.time_zone && facility && !isSame(row.time_zone, facility.timeZone)) {
    faults.time_zone = [`The facility's time zone is ${facility.timeZone}.`];
  }
  if (!device || moves) {
    if (known.facilities.get(row.facility)?.retired) faults.facility = ["The facility is retired."];
    if (known.zones.get(placeKey(row))?.retired) faults.zone = ["The zone is retired."];
  }
  if (moves && !move) {
    const place = `zone ${device.zone} of facility ${device.facility}`;
    faults.zone = [`The device is in ${place}; ?move=true moves it.`];
  }
  return faults;
}

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function planRow(row: ListedDevice, known: Known, plan: ImportPlan): void {
  const key = placeKey(row);
  if (!known.zones.has(key) && !plan.zones.has(key)) {
    plan.zones.set(key, { facility: row.facility, code: row.zone, name: row.zone });
  }
  const device = known.devices.get(row.device_code);
  if (!device) {
    plan.created.push(row);
    return;
  }
  const moves = placeKey(device) !== key;
  const changes =
    (row.name ?? device.name) !== device.name ||
    (row.offline_after_seconds ?? device.offlineAfterSeconds) !== device.offlineAfterSeconds;
  if (moves) plan.moved.push({ id: device.id, row });
  if (changes) plan.changed.push({ id: device.id, row });
  if (moves || changes) plan.updated += 1;
  else plan.unchanged += 1;
}
