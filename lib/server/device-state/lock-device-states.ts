import { type SQL, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";

/**
 * Locks the state rows of devices in the order of their ids, as ingestion does: until the
 * transaction ends nothing happens to these devices, and nothing deadlocks.
 * @param deviceIds a query of ids
 */
export async function lockDeviceStates(db: Connection, deviceIds: SQL): Promise<void> {
  await db.execute(sql`
    with locked as materialized (
      select from device_state where device_id in (${deviceIds}) order by device_id for update
    )
    select count(*) from locked`);
}
