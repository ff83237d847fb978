import { named } from "@/app/_ui/addresses/query";
import { invalidInput } from "@/lib/domain/values/problem";
import type { Context } from "@/lib/server/context";
import { type Facility, listFacilities } from "@/lib/server/facilities/read-facilities";
import { resolveScope } from "@/lib/server/scope/resolve-scope";
import { readZone } from "@/lib/server/zones/read-zones";

/**
 * The part of the estate that an address names by ids or codes, all of it without any, with the
 * facilities that it lies in (`inView`) and their time zones. Null while there is no facility.
 * @throws Problem 400 that names what does not exist, or more than once
 */
export async function findPlaceInView(
  context: Context,
  wanted: { facility?: string; zone?: string },
) {
  const { rows: facilities } = await listFacilities(context, {});
  if (facilities.length === 0) return null;
  const meant = facilityMeant(facilities, wanted.facility);
  const scope = { facility: meant ? String(meant.id) : undefined, zone: wanted.zone };
  const { zoneId } = wanted.zone === undefined ? {} : await resolveScope(context, scope);
  const zone = zoneId === undefined ? null : await readZone(context, zoneId);
  const facility = meant ?? facilities.find(({ id }) => id === zone?.facility_id) ?? null;
  const inUse = facilities.filter(({ retired }) => !retired);
  const inView = facility ? [facility] : inUse.length > 0 ? inUse : facilities;
  const timeZones = inView.map((one) => one.time_zone);
  const only = new Set(timeZones).size === 1 ? timeZones[0]! : null;
  return {
    ...{ facilities, facility, zone, timeZones, inView },
    /** What is in view, in words. */
    placeName: inView.length === 1 ? inView[0]!.name : "All facilities",
    /** The time zone of all that is in view; null where there are several. */
    timeZone: only,
    /** The one that decides which day "today" is. */
    dayZone: only ?? commonest(timeZones),
  };
}

/**
 * The facility that an address names; null where it names none.
 * @throws Problem 400 where there is no such facility
 */
export function facilityMeant(facilities: Facility[], text: string | undefined): Facility | null {
  const facility = named(facilities, text) ?? null;
  if (text !== undefined && !facility) throw invalidInput({ facility: ["No such facility."] });
  return facility;
}

/** All facilities together have no date of their own: most of them decide which day "today" is. */
function commonest(timeZones: string[]): string {
  const counts = new Map<string, number>();
  for (const zone of timeZones) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  return [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most))[0];
}
