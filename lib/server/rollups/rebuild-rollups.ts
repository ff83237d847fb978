import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { changeEstate } from "@/lib/server/estate/change-estate";
import { type Corrections, correctZones } from "./correct-zones";

/**
 * Recounts state and rollups from the raw rows, one zone per transaction, while readings of other
 * zones go on. After ingestion it changes nothing: what it corrects was damaged.
 * @returns how many rows of each table it corrected
 */
export async function rebuildRollups(
  context: Context,
  { facilityId }: { facilityId?: number } = {},
): Promise<Corrections> {
  const zones = await context.db.execute<{ id: number }>(sql`
    select id from zones where ${facilityId ?? null}::int is null or facility_id = ${facilityId ?? null}
    order by id`);
  const total: Corrections = { device_state: 0, telemetry_days: 0, parking_days: 0, zone_hours: 0 };
  for (const { id } of zones) {
    const corrected = await changeEstate(context, "add", (within) => correctZones(within, [id]));
    for (const table of Object.keys(total) as (keyof Corrections)[]) {
      total[table] += corrected[table];
    }
  }
  return total;
}
