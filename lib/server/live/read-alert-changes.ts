import { sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import type { WireAlertChange } from "@/lib/domain/devices/live";
import { isoUtc, openAlert } from "@/lib/server/sql";

/** Longer than any transaction that writes a transition is open. */
const LATEST_COMMIT_MS = 60_000;
/** As many changes are read at once, at most. */
export const MOST_CHANGES = 5_000;

/**
 * Reads the timeline of all alerts on as it grows. Ids are given before commits, so a smaller one
 * may appear after a larger one: it is looked back for a while, and each change is sent once.
 */
export class AlertChanges {
  private seen = new Map<number, number>();
  private floor: number | null = null;

  /** Begins with what comes from now on. */
  async begin(db: Connection): Promise<void> {
    const [newest] = await db.execute<{ id: number }>(
      sql`select coalesce(max(id), 0)::float8 as id from alert_transitions`,
    );
    this.seen = new Map();
    this.floor = newest?.id ?? 0;
  }

  /**
   * The changes that have not been sent yet, in the order of their ids.
   * @param now milliseconds since 1970
   */
  async next(db: Connection, now: number): Promise<WireAlertChange[]> {
    const sent = `{${[...this.seen.keys()].join(",")}}`;
    const rows = await db.execute<WireAlertChange & { id: number }>(sql`
      select t.id::float8 as id, t.alert_id, t.kind, t.actor, a.alert_type, a.severity, a.message,
             ${isoUtc("t.at")} as at,
             a.device_id, d.code as device_code, d.zone_id, z.facility_id
      from alert_transitions t join alerts a on a.id = t.alert_id
      join devices d on d.id = a.device_id join zones z on z.id = d.zone_id
      where t.id > ${this.floor ?? 0}::bigint and t.id <> all(${sent}::bigint[])
      order by t.id limit ${MOST_CHANGES}`);
    for (const { id } of rows) this.seen.set(id, now);
    for (const [id, at] of this.seen) {
      if (at > now - LATEST_COMMIT_MS) break;
      this.seen.delete(id);
      this.floor = Math.max(this.floor ?? 0, id);
    }
    return rows.map(({ id: _, ...change }) => change);
  }
}

/** Open alerts of each facility that has any: neither acknowledged nor resolved. */
export async function countOpenAlerts(db: Connection): Promise<Map<number, number>> {
  const rows = await db.execute<{ facility_id: number; open: number }>(sql`
    select z.facility_id, count(*)::int as open
    from alerts a join devices d on d.id = a.device_id join zones z on z.id = d.zone_id
    where ${openAlert("a")} group by 1`);
  return new Map(rows.map(({ facility_id, open }) => [facility_id, open]));
}
