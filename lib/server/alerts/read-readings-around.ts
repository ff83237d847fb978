import { sql } from "drizzle-orm";
import { powerW } from "@/lib/domain/devices/power";
import type { ReadContext } from "@/lib/server/context";
import { deviceWithin, PLACE } from "@/lib/server/scope/within-reach";
import { isoUtc } from "@/lib/server/sql";

/** A reading. `timestamp` is ISO 8601 in UTC; volts, amperes, watts. */
export type NearReading = { timestamp: string; voltage: number; current: number; power_w: number };

/**
 * The readings of a device nearest to an instant, oldest first: as many on either side, however
 * often the device reports.
 * @param at ISO 8601
 * @param each how many at most up to the instant, and how many after it
 */
export async function readReadingsAround(
  { db, actor }: ReadContext,
  { deviceId, at, each }: { deviceId: number; at: string; each: number },
): Promise<NearReading[]> {
  const ofDevice = sql`t.device_id = ${deviceId}::int and exists (
    select from devices d join zones z on z.id = d.zone_id
    where d.id = ${deviceId}::int and ${deviceWithin(actor.reach, PLACE)})`;
  const instant = sql`${at}::timestamptz`;
  const rows = await db.execute<Omit<NearReading, "power_w">>(sql`
    select ${isoUtc("n.timestamp")} as timestamp, n.voltage, n.current from (
      (select t.timestamp, t.voltage, t.current from telemetry t
       where ${ofDevice} and t.timestamp <= ${instant} order by t.timestamp desc limit ${each})
      union all
      (select t.timestamp, t.voltage, t.current from telemetry t
       where ${ofDevice} and t.timestamp > ${instant} order by t.timestamp limit ${each})
    ) n order by n.timestamp`);
  return [...rows].map((row) => ({ ...row, power_w: powerW(row.voltage, row.current) }));
}
