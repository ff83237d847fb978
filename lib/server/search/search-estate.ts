import { type SQL, sql } from "drizzle-orm";
import type { AlertSeverity, AlertType } from "@/lib/domain/alerts/alerting";
import type { ReadContext } from "@/lib/server/context";
import { devicesInPlace, inUse } from "@/lib/server/device-state/silence";
import { deviceWithin, facilityWithin, PLACE, zoneWithin } from "@/lib/server/scope/within-reach";
import { openAlert } from "@/lib/server/sql";

/** What of the estate bears a text, a few of each kind: those whose code begins with it first. */
export type Found = {
  facilities: { id: number; code: string; name: string }[];
  zones: { id: number; code: string; name: string; facility_id: number; facility_name: string }[];
  devices: {
    id: number;
    code: string;
    name: string | null;
    zone_code: string;
    facility_id: number;
    facility_name: string;
  }[];
  /** Open ones alone. */
  alerts: {
    id: number;
    alert_type: AlertType;
    severity: AlertSeverity;
    message: string;
    device_code: string;
    facility_id: number;
  }[];
};

const MOST_OF_A_KIND = 6;

/**
 * Finds facilities, zones and devices in use by code or name, and open alerts by device.
 * @param text in upper or lower case
 */
export async function searchEstate(
  { db, actor: { reach } }: ReadContext,
  text: string,
): Promise<Found> {
  const [facilities, zones, devices, alerts] = await Promise.all([
    db.execute<Found["facilities"][number]>(sql`
      select f.id, f.code, f.name from facilities f
      where f.retired_at is null and ${facilityWithin(reach, { facility: sql`f.id` })}
        and ${named(text, "f")} ${bestFirst(text, "f")}`),
    db.execute<Found["zones"][number]>(sql`
      select z.id, z.code, z.name, z.facility_id, f.name as facility_name
      from zones z join facilities f on f.id = z.facility_id
      where z.retired_at is null and f.retired_at is null and ${zoneWithin(reach, PLACE)}
        and ${named(text, "z")} ${bestFirst(text, "z")}`),
    db.execute<Found["devices"][number]>(sql`
      select d.id, d.code, d.name, z.code as zone_code, z.facility_id, f.name as facility_name
      from ${devicesInPlace}
      where ${inUse} and ${deviceWithin(reach, PLACE)} and ${named(text, "d")}
      ${bestFirst(text, "d")}`),
    db.execute<Found["alerts"][number]>(sql`
      select a.id, a.alert_type, a.severity, a.message, d.code as device_code, z.facility_id
      from alerts a join devices d on d.id = a.device_id join zones z on z.id = d.zone_id
      where ${openAlert("a")}
        and ${deviceWithin(reach, PLACE)} and ${named(text, "d")} ${bestFirst(text, "d")}`),
  ]);
  return {
    ...{ facilities: [...facilities], zones: [...zones] },
    ...{ devices: [...devices], alerts: [...alerts] },
  };
}

function named(text: string, table: "f" | "z" | "d"): SQL {
  const holds = (column: string) =>
    sql`strpos(lower(coalesce(${sql.raw(`${table}.${column}`)}, '')), lower(${text})) > 0`;
  return sql`(${holds("code")} or ${holds("name")})`;
}

const bestFirst = (text: string, table: "f" | "z" | "d") => {
  const code = sql.raw(`${table}.code`);
  return sql`order by not starts_with(lower(${code}), lower(${text})), ${code} limit ${MOST_OF_A_KIND}`;
};
