import { sql } from "drizzle-orm";
import type { LocalDate } from "@/lib/domain/values/fields";
import type { ReadContext } from "@/lib/server/context";
import { PLACE, zoneWithin } from "@/lib/server/scope/within-reach";

/**
 * The newest local date that has parking events, null when there are none: where a page that shows
 * an empty day can point to.
 */
export async function readNewestEventDay(
  { db, actor }: ReadContext,
  { facilityId, zoneId }: { facilityId?: number; zoneId?: number },
): Promise<LocalDate | null> {
  const inFacility = facilityId === undefined ? sql`true` : sql`z.facility_id = ${facilityId}`;
  const inZone = zoneId === undefined ? sql`true` : sql`z.id = ${zoneId}::int`;
  // One look per zone at the end of its own key, however long the history.
  const [row] = await db.execute<{ day: LocalDate | null }>(sql`
    select max(newest.day)::text as day
    from zones z
    cross join lateral (
      select h.day from zone_hours h where h.zone_id = z.id order by h.day desc limit 1
    ) newest
    where ${inFacility} and ${inZone} and ${zoneWithin(actor.reach, PLACE)}`);
  return row?.day ?? null;
}
