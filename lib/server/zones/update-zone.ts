import { eq, sql } from "drizzle-orm";
import { zones } from "@/db/schema";
import { requireBreadth } from "@/lib/domain/access/reach";
import type { ZoneChange } from "@/lib/domain/estate/zone";
import { resolveAlertsOf } from "@/lib/server/alerts/resolve-alerts-of";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { lockDeviceStates } from "@/lib/server/device-state/lock-device-states";
import {
  announce,
  changeEstate,
  retiredAt,
  setsSomething,
} from "@/lib/server/estate/change-estate";
import { readFacility } from "@/lib/server/facilities/read-facilities";
import { correctZones } from "@/lib/server/rollups/correct-zones";
import { requireFacility, zoneValues } from "./create-zone";
import { readZone, type Zone } from "./read-zones";

/**
 * Changes a zone. Into another facility it moves with its devices and their history, recounted
 * where the time zone is another; retiring it ends the alerts of its devices.
 * @throws Problem 404, 400 for an unknown or retired facility, 409 for a code that is taken there
 */
export async function updateZone(
  context: Context,
  { id, change }: { id: number; change: ZoneChange },
): Promise<Zone> {
  return changeEstate(context, "rearrange", async (within) => {
    const { db, now } = within;
    const before = await readZone(within, id);
    requireBreadth(within.actor.reach, "zone");
    const facilityId = change.facility_id ?? before.facility_id;
    const moves = facilityId !== before.facility_id;
    if (moves) requireBreadth(within.actor.reach, "facilities");
    const from = await readFacility(within, before.facility_id);
    const timeZone = moves ? (await requireFacility(within, facilityId)).timeZone : from.time_zone;
    const retired = retiredAt(change.retired, before.retired, now);
    const devices = sql`select id from devices where zone_id = ${id}`;
    // Before the zone's row: ingestion takes them in this order.
    if (moves || retired) await lockDeviceStates(db, devices);
    const values = { ...zoneValues(change), retiredAt: retired };
    if (setsSomething(values)) await db.update(zones).set(values).where(eq(zones.id, id));
    if (timeZone !== from.time_zone) await correctZones(within, [id]);
    if (retired) await resolveAlertsOf(within, devices);
    await announce(db, `zone:${id}`);
    const after = await readZone(within, id);
    const subject = { id, name: `${before.facility_code} / ${before.code}` };
    await recordAudit(within, { action: "zone.updated", subject, before, after });
    return after;
  });
}
