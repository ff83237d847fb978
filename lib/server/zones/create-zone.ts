import { eq } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { facilities, zones } from "@/db/schema";
import { invalidInput } from "@/lib/domain/problem";
import type { ZoneMessage } from "@/lib/domain/zone";
import type { Context } from "@/lib/server/context";
import { changeEstate } from "@/lib/server/facilities/estate";
import { limitValues } from "@/lib/server/facilities/limits";
import { readZone, type Zone } from "./read-zones";

/**
 * Adds a zone.
 * @throws Problem 400 for a facility that does not exist or is retired, 409 for a code that is taken
 */
export async function createZone(context: Context, message: ZoneMessage): Promise<Zone> {
  return changeEstate(context, "add", async (within) => {
    await requireFacility(within.db, message.facility_id);
    const [made] = await within.db
      .insert(zones)
      .values(zoneValues(message))
      .returning({ id: zones.id });
    return readZone(within, made!.id);
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
export async function requireFacility(db: Connection, id: number): Promise<{ timeZone: string }> {
  const [facility] = await db
    .select({ timeZone: facilities.timeZone, retiredAt: facilities.retiredAt })
    .from(facilities)
    .where(eq(facilities.id, id));
  if (!facility) throw invalidInput({ facility_id: ["No such facility."] });
  if (facility.retiredAt) throw invalidInput({ facility_id: ["The facility is retired."] });
  return facility;
}
