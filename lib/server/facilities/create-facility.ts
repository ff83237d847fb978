import { sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { facilities } from "@/db/schema";
import { requireBreadth } from "@/lib/domain/access/reach";
import { type FacilityMessage, unknownTimeZone } from "@/lib/domain/estate/facility";
import { invalidInput } from "@/lib/domain/values/problem";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { changeEstate } from "@/lib/server/estate/change-estate";
import { limitValues } from "@/lib/server/estate/limits";
import { type Facility, readFacility } from "./read-facilities";

/**
 * Adds a facility.
 * @throws Problem 400 for a time zone that Postgres does not know, 403 for who reaches only some
 *   facilities, 409 for a code that is taken
 */
export async function createFacility(
  context: Context,
  message: FacilityMessage,
): Promise<Facility> {
  requireBreadth(context.actor.reach, "all");
  return changeEstate(context, "add", async (within) => {
    await requireTimeZone(within.db, message.time_zone);
    const [made] = await within.db
      .insert(facilities)
      .values(facilityValues(message))
      .returning({ id: facilities.id });
    const facility = await readFacility(within, made!.id);
    const subject = { id: facility.id, name: facility.code };
    await recordAudit(within, { action: "facility.created", subject, after: facility });
    return facility;
  });
}

export function facilityValues<M extends Partial<FacilityMessage>>(message: M) {
  return {
    code: message.code as M["code"],
    name: message.name as M["name"],
    timeZone: message.time_zone as M["time_zone"],
    address: message.address,
    latitude: message.latitude,
    longitude: message.longitude,
    ...limitValues(message),
  };
}

/** @throws Problem 400 for a name that is no time zone of this Postgres */
export async function requireTimeZone(db: Connection, name: string): Promise<void> {
  const known = await db.execute(sql`
    select from pg_timezone_names where lower(name) = lower(${name}) limit 1`);
  if (known.length === 0) throw invalidInput(unknownTimeZone);
}
