import { sql } from "drizzle-orm";
import type { ReadContext } from "@/lib/server/context";
import { deviceWithin, PLACE, zoneWithin } from "@/lib/server/scope/within-reach";
import { idList } from "@/lib/server/sql";

/** How many zones and devices in use each of these facilities has; those with none are left out. */
export async function countInFacilities(
  { db, actor: { reach } }: ReadContext,
  facilityIds: number[],
): Promise<Map<number, { zones: number; devices: number }>> {
  const rows = await db.execute<{ id: number; zones: number; devices: number }>(sql`
    select z.facility_id as id, count(distinct z.id)::int as zones, count(d.id)::int as devices
    from zones z
    left join devices d on d.zone_id = z.id and d.retired_at is null
      and ${deviceWithin(reach, PLACE)}
    where z.facility_id = any(${idList(facilityIds)}) and z.retired_at is null
      and ${zoneWithin(reach, PLACE)}
    group by z.facility_id`);
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

/** How many devices in use each of these zones has; those with none are left out. */
export async function countInZones(
  { db, actor: { reach } }: ReadContext,
  zoneIds: number[],
): Promise<Map<number, number>> {
  const rows = await db.execute<{ id: number; devices: number }>(sql`
    select z.id, count(*)::int as devices
    from devices d join zones z on z.id = d.zone_id
    where z.id = any(${idList(zoneIds)}) and d.retired_at is null and ${deviceWithin(reach, PLACE)}
    group by z.id`);
  return new Map(rows.map(({ id, devices }) => [id, devices]));
}
