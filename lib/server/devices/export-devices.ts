import { and, eq, sql } from "drizzle-orm";
import { devices, facilities, zones } from "@/db/schema";
import type { DeviceRow } from "@/lib/domain/devices/device";
import type { CodeCursor, CodeList } from "@/lib/domain/values/paging";
import type { ReadContext } from "@/lib/server/context";
import { matches } from "@/lib/server/estate/list-by-code";
import { csvText } from "@/lib/server/reports/csv-text";
import { resolveScope, type ScopeText } from "@/lib/server/scope/resolve-scope";
import { deviceWithin } from "@/lib/server/scope/within-reach";

const ROWS_PER_CHUNK = 2_000;

const row = {
  device_code: devices.code,
  zone: zones.code,
  facility: facilities.code,
  name: devices.name,
  offline_after_seconds: devices.offlineAfterSeconds,
  zone_name: zones.name,
  facility_name: facilities.name,
  time_zone: facilities.timeZone,
};

const COLUMNS = Object.keys(row) as (keyof DeviceRow)[];
type Which = Pick<CodeList, "search" | "retired"> & Pick<ScopeText, "facility" | "zone">;

/**
 * A list of devices as CSV, ordered by code, piece by piece: importing it again changes nothing.
 * @throws Problem 400 when the facility or zone that is asked for does not exist
 */
export function deviceFile(context: ReadContext, which: Which): AsyncGenerator<string> {
  return csvText(COLUMNS, chunks(context, which));
}

async function* chunks(context: ReadContext, which: Which) {
  const { facilityId, zoneId } = await resolveScope(context, which);
  const place = { facility: zones.facilityId, zone: zones.id, device: devices.id };
  const listed = matches(
    devices,
    which,
    deviceWithin(context.actor.reach, place),
    facilityId === undefined ? undefined : eq(zones.facilityId, facilityId),
    zoneId === undefined ? undefined : eq(devices.zoneId, zoneId),
  );
  for (let after: CodeCursor | null = null; ; ) {
    const goesOn: ReturnType<typeof sql> | undefined = after
      ? sql`(${devices.code}, ${devices.id}) > (${after.code}, ${after.id})`
      : undefined;
    const found = await context.db
      .select({ id: devices.id, ...row })
      .from(devices)
      .innerJoin(zones, eq(zones.id, devices.zoneId))
      .innerJoin(facilities, eq(facilities.id, zones.facilityId))
      .where(and(listed, goesOn))
      .orderBy(devices.code, devices.id)
      .limit(ROWS_PER_CHUNK);
    if (found.length > 0) yield found;
    const last: (typeof found)[number] | undefined = found[ROWS_PER_CHUNK - 1];
    if (!last) return;
    after = { code: last.device_code, id: last.id };
  }
}
