import { type SQL, sql } from "drizzle-orm";
import { conflict } from "@/lib/domain/values/problem";
import type { ReadContext } from "@/lib/server/context";
import { idList } from "@/lib/server/sql";

export type Noun = "facility" | "zone" | "device";

/** What of a facility, zone or device would be lost with it; null where it can be deleted. */
const HISTORY: Record<Noun, (id: SQL) => SQL> = {
  facility: (id) =>
    sql`case when exists (select from zones where facility_id = ${id}) then 'zones' end`,
  zone: (id) => sql`case
    when exists (select from devices where zone_id = ${id}) then 'devices'
    when exists (select from targets where zone_id = ${id}) then 'targets'
    when exists (select from zone_hours where zone_id = ${id}) then 'parking logs'
  end`,
  // Days outlive the rows that they count.
  device: (id) => sql`case
    when exists (select from telemetry_days where device_id = ${id})
      or exists (select from telemetry where device_id = ${id}) then 'telemetry'
    when exists (select from parking_days where device_id = ${id})
      or exists (select from parking_logs where device_id = ${id}) then 'parking logs'
    when exists (select from alerts where device_id = ${id}) then 'alerts'
    when exists (select from targets where device_id = ${id}) then 'targets'
  end`,
};

/**
 * What has history is retired, not deleted (docs/rules.md#retire-and-delete).
 * @throws Problem 409 that says what the history is
 */
export async function requireNoHistory(
  { db }: ReadContext,
  noun: Noun,
  { id, code }: { id: number; code: string },
): Promise<void> {
  const [found] = await db.execute<{ what: string | null }>(
    sql`select ${HISTORY[noun](sql`${id}::int`)} as what`,
  );
  if (!found?.what) return;
  const named = `${noun[0]!.toUpperCase()}${noun.slice(1)} ${code}`;
  throw conflict(
    `${named} has history (${found.what}) and can't be deleted; retire it with PATCH {"retired": true}.`,
  );
}

/** Those of these facilities, zones or devices that have no history, so that they can be deleted. */
export async function idsWithoutHistory(
  { db }: ReadContext,
  noun: Noun,
  ids: number[],
): Promise<Set<number>> {
  const rows = await db.execute<{ id: number }>(sql`
    select t.id from unnest(${idList(ids)}) as t(id)
    where ${HISTORY[noun](sql`t.id`)} is null`);
  return new Set([...rows].map(({ id }) => id));
}
