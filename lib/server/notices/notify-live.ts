import { sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { LIVE_CHANNEL } from "./channels";

/** Postgres takes a little less than 8,000 bytes a notice. */
const MAX_NOTICE_LENGTH = 7_000;

/** The notices that name these devices; one without any still says that something changed. */
export function noticesOf(deviceIds: Iterable<number>): string[] {
  const notices: string[] = [];
  let notice = "";
  for (const id of deviceIds) {
    if (notice.length > MAX_NOTICE_LENGTH) {
      notices.push(notice);
      notice = "";
    }
    notice += notice === "" ? id : `,${id}`;
  }
  return [...notices, notice];
}

/**
 * Tells all live streams that these devices or their alerts changed. In a transaction it is told
 * with the commit. Ingestion, which changes devices all the time, goes through `ChangedDevices`.
 */
export async function notifyLive(
  db: Pick<Connection, "execute">,
  deviceIds: Iterable<number>,
): Promise<void> {
  for (const notice of noticesOf(deviceIds)) {
    await db.execute(sql`select pg_notify(${LIVE_CHANNEL}, ${notice})`);
  }
}
