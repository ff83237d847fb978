import { Problem } from "@/lib/domain/problem";
import type { Context } from "@/lib/server/context";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { resolveScope } from "@/lib/server/scope/resolve-scope";
import { readZone } from "@/lib/server/zones/read-zones";

export type PlaceInView = Extract<Awaited<ReturnType<typeof findPlaceInView>>, { kind: "place" }>;

/**
 * The part of the estate that an address names by ids or codes: all of it without any. `inView` are
 * the facilities that it lies in, `timeZones` those of each.
 */
export async function findPlaceInView(
  context: Context,
  wanted: { facility?: string; zone?: string },
) {
  const { rows: facilities } = await listFacilities(context, {});
  if (facilities.length === 0) return { kind: "no_facility" as const };
  const named =
    facilities.find(({ id }) => String(id) === wanted.facility) ??
    facilities.find(({ code }) => code === wanted.facility) ??
    null;
  if (wanted.facility !== undefined && !named) return { kind: "unknown_facility" as const };
  const zone = wanted.zone === undefined ? null : await findZone(context, wanted.zone, named?.id);
  if (zone === undefined) return { kind: "unknown_zone" as const };
  const facility = named ?? facilities.find(({ id }) => id === zone?.facility_id) ?? null;
  const inUse = facilities.filter(({ retired }) => !retired);
  const inView = facility ? [facility] : inUse.length > 0 ? inUse : facilities;
  const timeZones = inView.map((one) => one.time_zone);
  const only = new Set(timeZones).size === 1 ? timeZones[0]! : null;
  return {
    ...{ kind: "place" as const, facilities, facility, zone, timeZones, inView },
    /** What is in view, in words. */
    placeName: inView.length === 1 ? inView[0]!.name : "All facilities",
    /** The time zone of all that is in view; null where there are several. */
    timeZone: only,
    /** The one that decides which day "today" is. */
    dayZone: only ?? commonest(timeZones),
  };
}

/** @returns undefined when the code or id names no zone there, or several of the estate */
async function findZone(context: Context, zone: string, facilityId: number | undefined) {
  const facility = facilityId === undefined ? undefined : String(facilityId);
  try {
    const { zoneId } = await resolveScope(context, { facility, zone });
    return zoneId === undefined ? undefined : await readZone(context, zoneId);
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return undefined;
    throw error;
  }
}

/** All facilities together have no date of their own: most of them decide which day "today" is. */
function commonest(timeZones: string[]): string {
  const counts = new Map<string, number>();
  for (const zone of timeZones) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  return [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most))[0];
}
