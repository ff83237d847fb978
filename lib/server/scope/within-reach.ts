import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Reach } from "@/lib/domain/access/reach";
import { idList } from "@/lib/server/sql";

/** The columns that tell where something is; those that it does not have are left out. */
type PlaceColumns = { facility?: SQLWrapper; zone?: SQLWrapper; device?: SQLWrapper };

/** The condition that a device, whose columns these are, lies within reach. */
export function deviceWithin(reach: Reach, at: Required<PlaceColumns>): SQL {
  return reach.kind === "device" ? sql`${at.device} = ${reach.id}::int` : zoneWithin(reach, at);
}

/** The condition that a zone lies within reach, or holds the device that does. */
export function zoneWithin(reach: Reach, at: Required<Omit<PlaceColumns, "device">>): SQL {
  if (reach.kind === "zone") return sql`${at.zone} = ${reach.id}::int`;
  if (reach.kind === "device") {
    return sql`${at.zone} = (select zone_id from devices where id = ${reach.id}::int)`;
  }
  return facilityWithin(reach, at);
}

/** The condition that a facility lies within reach, or holds what does. */
export function facilityWithin(reach: Reach, at: Required<Pick<PlaceColumns, "facility">>): SQL {
  switch (reach.kind) {
    case "all":
      return sql`true`;
    case "facilities":
      return sql`${at.facility} = any(${idList(reach.ids)})`;
    case "zone":
      return sql`${at.facility} = (select facility_id from zones where id = ${reach.id}::int)`;
    case "device":
      return sql`${at.facility} = (
        select z.facility_id from devices d join zones z on z.id = d.zone_id
        where d.id = ${reach.id}::int)`;
  }
}

/** The usual names in raw SQL: devices d in zones z. */
export const PLACE = { facility: sql`z.facility_id`, zone: sql`z.id`, device: sql`d.id` };
