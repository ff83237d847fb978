import { Problem } from "../values/problem";

/** The part of the estate that someone sees and changes: in every read, count, search and export. */
export type Reach =
  | { kind: "all" }
  | { kind: "facilities"; ids: readonly number[] }
  | { kind: "zone"; id: number }
  | { kind: "device"; id: number };

export const EVERYWHERE: Reach = { kind: "all" };

/** A device and where it is. */
export type PlacedDevice = { id: number; zoneId: number; facilityId: number };

/** Whether a device lies within reach. */
export function reaches(reach: Reach, { id, zoneId, facilityId }: PlacedDevice): boolean {
  switch (reach.kind) {
    case "all":
      return true;
    case "facilities":
      return reach.ids.includes(facilityId);
    case "zone":
      return reach.id === zoneId;
    case "device":
      return reach.id === id;
  }
}

const BREADTH: Reach["kind"][] = ["device", "zone", "facilities", "all"];

/**
 * What belongs to a whole zone, facility or estate is not for those who reach only a part of it.
 * @throws Problem 403
 */
export function requireBreadth(reach: Reach, needed: "zone" | "facilities" | "all"): void {
  if (BREADTH.indexOf(reach.kind) >= BREADTH.indexOf(needed)) return;
  const what = { zone: "a zone", facilities: "a facility", all: "all facilities" }[needed];
  throw new Problem(403, `This concerns ${what}; your access is narrower.`);
}
