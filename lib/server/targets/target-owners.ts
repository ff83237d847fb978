import { sql } from "drizzle-orm";
import type { TargetRow } from "@/lib/domain/estate/target";
import type { ReadContext } from "@/lib/server/context";
import { deviceWithin, facilityWithin, PLACE, zoneWithin } from "@/lib/server/scope/within-reach";

/** The zones and devices within reach that a list of targets names. */
export type KnownOwners = {
  /** Codes. */
  facilities: Set<string>;
  /** Ids by `ownerKey`. */
  zones: Map<string, number>;
  /** By code. */
  devices: Map<string, { id: number; zone: string; facility: string }>;
};

/** A zone by its facility's code and its own. */
export const ownerKey = (facility: string, zone: string) => JSON.stringify([facility, zone]);

const texts = (values: (string | undefined)[]) => {
  const given = [...new Set(values.filter((value) => value !== undefined))];
  return sql`(select jsonb_array_elements_text(${JSON.stringify(given)}::text::jsonb))`;
};

/** Reads what the rows of a list of targets name. */
export async function readOwners(
  { db, actor: { reach } }: ReadContext,
  rows: TargetRow[],
): Promise<KnownOwners> {
  const codes = texts(rows.map(({ facility }) => facility));
  const facilities = await db.execute<{ code: string }>(sql`
    select f.code from facilities f
    where f.code in ${codes} and ${facilityWithin(reach, { facility: sql`f.id` })}`);
  const zones = await db.execute<{ id: number; zone: string; facility: string }>(sql`
    select z.id, z.code as zone, f.code as facility
    from zones z join facilities f on f.id = z.facility_id
    where f.code in ${codes} and ${zoneWithin(reach, PLACE)}`);
  const devices = await db.execute<{
    id: number;
    code: string;
    zone: string;
    facility: string;
  }>(sql`
    select d.id, d.code, z.code as zone, f.code as facility
    from devices d join zones z on z.id = d.zone_id join facilities f on f.id = z.facility_id
    where d.code in ${texts(rows.map(({ device_code }) => device_code))}
      and ${deviceWithin(reach, PLACE)}`);
  return {
    facilities: new Set(facilities.map(({ code }) => code)),
    zones: new Map(zones.map(({ id, facility, zone }) => [ownerKey(facility, zone), id])),
    devices: new Map(devices.map(({ code, ...device }) => [code, device])),
  };
}
