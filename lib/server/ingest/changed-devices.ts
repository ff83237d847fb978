import type { Sql } from "@/db/client";
import { log } from "@/lib/server/log";
import { LIVE_CHANNEL } from "@/lib/server/notices/channels";
import { noticesOf } from "@/lib/server/notices/notify-live";
import type { IngestRow, Outcome } from "./ingest-row";

/** A notice takes a lock that commits share: a few a second cost nothing, one a flush would. */
const COLLECT_MS = 200;

/**
 * Collects the devices that ingestion changes and tells the live streams of them a few times a
 * second, after their commits. What is lost with a killed process, the streams find by themselves.
 */
export class ChangedDevices {
  private ids = new Set<number>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly sql: Sql) {}

  /** Wraps a flush so that live streams hear of what it stored. */
  following<Row extends IngestRow>(
    flush: (rows: Row[]) => Promise<Outcome[]>,
  ): (rows: Row[]) => Promise<Outcome[]> {
    return async (rows) => {
      const outcomes = await flush(rows);
      for (let i = 0; i < rows.length; i++) {
        if (outcomes[i] === "created") this.ids.add(rows[i]!.device.id);
      }
      this.timer ??= setTimeout(() => void this.tell(), COLLECT_MS).unref();
      return outcomes;
    };
  }

  /** Tells what has been collected so far. */
  async tell(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.ids.size === 0) return;
    const notices = noticesOf(this.ids);
    this.ids = new Set();
    try {
      for (const notice of notices) await this.sql.notify(LIVE_CHANNEL, notice);
    } catch (error) {
      log().warn({ err: error }, "live streams not notified");
    }
  }
}
