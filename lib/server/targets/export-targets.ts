import { and, eq, sql } from "drizzle-orm";
import { devices, facilities, targets, zones } from "@/db/schema";
import type { TargetRow } from "@/lib/domain/estate/target";
import type { ReadContext } from "@/lib/server/context";
import { csvText } from "@/lib/server/reports/csv-text";
import { deviceZone, type TargetList, targetsOf } from "./read-targets";

const ROWS_PER_CHUNK = 2_000;

const row = {
  date: targets.date,
  facility: facilities.code,
  zone: sql<string>`coalesce(${zones.code}, ${deviceZone.code})`,
  device_code: devices.code,
  target_value: targets.targetValue,
};

const COLUMNS = Object.keys(row) as (keyof TargetRow)[];
type Which = Omit<TargetList, "limit" | "cursor">;

/**
 * Targets as CSV, oldest first, piece by piece: importing the list again changes nothing. A row
 * with a device code is the device's target; zone and facility say where the device is.
 * @throws Problem 400 when a facility, zone or device that is asked for does not exist
 */
export function targetFile(context: ReadContext, which: Which): AsyncGenerator<string> {
  return csvText(COLUMNS, chunks(context, which));
}

async function* chunks(context: ReadContext, which: Which) {
  const listed = await targetsOf(context, which);
  for (let after: { date: string; id: number } | null = null; ; ) {
    const goesOn: ReturnType<typeof sql> | undefined = after
      ? sql`(${targets.date}, ${targets.id}) > (${after.date}, ${after.id})`
      : undefined;
    const found = await context.db
      .select({ id: targets.id, ...row })
      .from(targets)
      .leftJoin(zones, eq(zones.id, targets.zoneId))
      .leftJoin(devices, eq(devices.id, targets.deviceId))
      .leftJoin(deviceZone, eq(deviceZone.id, devices.zoneId))
      .innerJoin(
        facilities,
        sql`${facilities.id} = coalesce(${zones.facilityId}, ${deviceZone.facilityId})`,
      )
      .where(and(listed, goesOn))
      .orderBy(targets.date, targets.id)
      .limit(ROWS_PER_CHUNK);
    if (found.length > 0) yield found;
    const last: (typeof found)[number] | undefined = found[ROWS_PER_CHUNK - 1];
    if (!last) return;
    after = { date: last.date, id: last.id };
  }
}
