import { and, eq } from "drizzle-orm";
import { facilities, zones } from "@/db/schema";
import { requireBreadth } from "@/lib/domain/access/reach";
import type { ZoneMessage } from "@/lib/domain/estate/zone";
import { invalidInput } from "@/lib/domain/values/problem";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context, ReadContext } from "@/lib/server/context";
import { changeEstate } from "@/lib/server/estate/change-estate";
import { limitValues } from "@/lib/server/estate/limits";
import { facilityWithin } from "@/lib/server/scope/within-reach";
import { readZone, type Zone } from "./read-zones";

/**
 * Adds a zone.
 * @throws Problem 400 for a facility that does not exist or is retired, 409 for a code that is taken
 */
export async function createZone(context: Context, message: ZoneMessage): Promise<Zone> {
  return changeEstate(context, "add", async (within) => {
    await requireFacility(within, message.facility_id);
    requireBreadth(within.actor.reach, "facilities");
    const [made] = await within.db
      .insert(zones)
      .values(zoneValues(message))
      .returning({ id: zones.id });
    const zone = await readZone(within, made!.id);
    const subject = { id: zone.id, name: `${zone.facility_code} / ${zone.code}` };
    await recordAudit(within, { action: "zone.created", subject, after: zone });
    return zone;
  });
}

export function zoneValues<M extends Partial<ZoneMessage>>(message: M) {
  return {
    facilityId: message.facility_id as M["facility_id"],
    code: message.code as M["code"],
    name: message.name as M["name"],
    ...limitValues(message),
  };
}

/** @throws Problem 400 for a facility that takes no zones: there is none, or it is retired */
export async function requireFacility(
  { db, actor }: ReadContext,
  id: number,
): Promise<{ timeZone: string }> {
  const [facility] = await db
    .select({ timeZone: facilities.timeZone, retiredAt: facilities.retiredAt })
    .from(facilities)
    .where(and(eq(facilities.id, id), facilityWithin(actor.reach, { facility: facilities.id })));
  if (!facility) throw invalidInput({ facility_id: ["No such facility."] });
  if (facility.retiredAt) throw invalidInput({ facility_id: ["The facility is retired."] });
  return facility;
}
