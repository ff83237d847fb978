import { sql } from "drizzle-orm";
import { CodeSought } from "@/lib/domain/values/fields";
import { type FieldErrors, invalidInput } from "@/lib/domain/values/problem";
import type { ReadContext } from "@/lib/server/context";
import { deviceWithin, facilityWithin, PLACE, zoneWithin } from "./within-reach";

/** What part of the estate is asked about, as it is in a query string: ids or codes. */
export const ScopeParams = { facility: CodeSought.optional(), zone: CodeSought.optional() };
export type ScopeText = { facility?: string; zone?: string; device?: string };

/** A part of the estate; without any id all of it. */
export type Scope = { facilityId?: number; zoneId?: number; deviceId?: number };

type Named = { by_id: boolean; facility_id: number; zone_id: number; device_id: number };
type Noun = keyof ScopeText;

const MAX_ID = 2 ** 31 - 1;

/**
 * Finds what the parameters name. A whole number is an id and, where no such id exists there, a code.
 * What is out of reach does not exist for anyone who asks.
 * @throws Problem 400 that names the parameters that name nothing, several things, or things that
 *   do not lie in one another: an empty answer would look as if there were no data
 */
export async function resolveScope(
  { db, actor: { reach } }: ReadContext,
  named: ScopeText,
): Promise<Scope> {
  // The shell passes on what was typed; new codes are composed.
  const [facility, zone, device] = [named.facility, named.zone, named.device].map((text) =>
    text?.normalize(),
  );
  const errors: FieldErrors = {};
  const scope: Scope = {};
  const look = async (noun: Noun, text: string, found: Promise<Iterable<Named>>) => {
    const matches = [...(await found)];
    const within = matches.filter((row) => isWithin(row, scope));
    const byId = within.filter((row) => row.by_id);
    const meant = byId.length > 0 ? byId : within;
    if (meant.length === 1) return meant[0];
    errors[noun] = [fault(noun, text, matches.length, meant.length)];
  };
  if (facility !== undefined) {
    const id = asId(facility);
    const found = db.execute<Named>(sql`
      select id = ${id}::int is true as by_id, id as facility_id
      from facilities where (id = ${id}::int or code = ${facility})
        and ${facilityWithin(reach, { facility: sql`id` })}`);
    scope.facilityId = (await look("facility", facility, found))?.facility_id;
  }
  if (zone !== undefined) {
    const id = asId(zone);
    const found = db.execute<Named>(sql`
      select id = ${id}::int is true as by_id, id as zone_id, facility_id
      from zones z where (id = ${id}::int or code = ${zone}) and ${zoneWithin(reach, PLACE)}`);
    scope.zoneId = (await look("zone", zone, found))?.zone_id;
  }
  if (device !== undefined) {
    const id = asId(device);
    const found = db.execute<Named>(sql`
      select d.id = ${id}::int is true as by_id, d.id as device_id, d.zone_id, z.facility_id
      from devices d join zones z on z.id = d.zone_id
      where (d.id = ${id}::int or d.code = ${device}) and ${deviceWithin(reach, PLACE)}`);
    scope.deviceId = (await look("device", device, found))?.device_id;
  }
  if (Object.keys(errors).length > 0) throw invalidInput(errors);
  return scope;
}

function asId(text: string): number | null {
  return /^\d{1,10}$/.test(text) && Number(text) <= MAX_ID ? Number(text) : null;
}

function isWithin(row: Named, { facilityId, zoneId }: Scope): boolean {
  return (
    (facilityId === undefined || row.facility_id === facilityId) &&
    (zoneId === undefined || row.zone_id === zoneId)
  );
}

function fault(noun: Noun, text: string, matches: number, meant: number): string {
  if (matches === 0) return `No such ${noun}.`;
  if (meant > 1) return `Several facilities have a ${noun} ${text}; name the facility too.`;
  return noun === "zone" ? "Not a zone of that facility." : "Not a device of that place.";
}
