import { eq, sql } from "drizzle-orm";
import { facilities, zones } from "@/db/schema";
import { requireBreadth } from "@/lib/domain/access/reach";
import type { FacilityChange } from "@/lib/domain/estate/facility";
import { resolveAlertsOf } from "@/lib/server/alerts/resolve-alerts-of";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import {
  announce,
  changeEstate,
  retiredAt,
  setsSomething,
} from "@/lib/server/estate/change-estate";
import { correctZones } from "@/lib/server/rollups/correct-zones";
import { facilityValues, requireTimeZone } from "./create-facility";
import { type Facility, readFacility } from "./read-facilities";

/**
 * Changes a facility. Another time zone recounts its days and hours; retiring it ends the alerts of
 * its devices.
 * @throws Problem 404, 400 for an unknown time zone, 409 for a code that is taken
 */
export async function updateFacility(
  context: Context,
  { id, change }: { id: number; change: FacilityChange },
): Promise<Facility> {
  return changeEstate(context, "rearrange", async (within) => {
    const { db, now } = within;
    const before = await readFacility(within, id);
    requireBreadth(within.actor.reach, "facilities");
    const timeZone = change.time_zone ?? before.time_zone;
    if (timeZone !== before.time_zone) await requireTimeZone(db, timeZone);
    const retired = retiredAt(change.retired, before.retired, now);
    const values = { ...facilityValues(change), retiredAt: retired };
    if (setsSomething(values)) {
      await db.update(facilities).set(values).where(eq(facilities.id, id));
    }
    if (timeZone !== before.time_zone) {
      const own = await db.select({ id: zones.id }).from(zones).where(eq(zones.facilityId, id));
      await correctZones(
        within,
        own.map((zone) => zone.id),
      );
    }
    if (retired) {
      await resolveAlertsOf(
        within,
        sql`select d.id from devices d join zones z on z.id = d.zone_id where z.facility_id = ${id}`,
      );
    }
    await announce(db, `facility:${id}`);
    const after = await readFacility(within, id);
    const subject = { id, name: before.code };
    await recordAudit(within, { action: "facility.updated", subject, before, after });
    return after;
  });
}
