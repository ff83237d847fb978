import { setTimeout as delay } from "node:timers/promises";
import type { Sql } from "@/db/client";
import type { Outcome } from "@/lib/server/ingest/ingest-row";
import { log } from "@/lib/server/log";
import { tryToStore } from "./try-to-store";

type Lane = { storedAt: number; failedAt: number };

/** For how long what became of a flush says more than a trial does. */
const FLUSH_COUNTS_MS = 5_000;
/** How often at most a trial is made, however often health is asked for. */
const TRIAL_COUNTS_MS = 2_000;
/** A commit that takes longer is none that a device waits for. */
const TRIAL_LIMIT_MS = 3_000;

/**
 * Knows whether messages can be stored at the moment: by what became of the flushes of the last
 * seconds and, while there are none, by trying. So it turns red without traffic on a full disk, and
 * green again without traffic when there is room.
 */
export class WritePath {
  private readonly lanes: Lane[] = [];
  private trial: { at: number; succeeds: Promise<boolean> } | null = null;

  constructor(private readonly sql: Sql) {}

  /** Wraps a lane's flush so that what becomes of it is known here. */
  watching<Row>(flush: (rows: Row[]) => Promise<Outcome[]>): (rows: Row[]) => Promise<Outcome[]> {
    const lane: Lane = { storedAt: Number.NEGATIVE_INFINITY, failedAt: Number.NEGATIVE_INFINITY };
    this.lanes.push(lane);
    return async (rows) => {
      try {
        const outcomes = await flush(rows);
        if (outcomes.includes("created")) lane.storedAt = performance.now();
        return outcomes;
      } catch (error) {
        lane.failedAt = performance.now();
        throw error;
      }
    };
  }

  /** Whether a message that came now would be stored. Never throws. */
  async isReady(): Promise<boolean> {
    const since = performance.now() - FLUSH_COUNTS_MS;
    if (this.lanes.some((lane) => lane.failedAt > Math.max(lane.storedAt, since))) return false;
    if (this.lanes.some((lane) => lane.storedAt > since)) return true;
    return this.latestTrial();
  }

  private latestTrial(): Promise<boolean> {
    if (!this.trial || performance.now() - this.trial.at > TRIAL_COUNTS_MS) {
      this.trial = { at: performance.now(), succeeds: this.startTrial() };
    }
    return this.trial.succeeds;
  }

  private async startTrial(): Promise<boolean> {
    const limit = new AbortController();
    const stored = tryToStore(this.sql).then(
      () => true,
      (error) => {
        log().warn({ err: error }, "messages can't be stored");
        return false;
      },
    );
    const tooLate = delay(TRIAL_LIMIT_MS, false, { signal: limit.signal, ref: false });
    tooLate.catch(() => {});
    return Promise.race([stored, tooLate]).finally(() => limit.abort());
  }
}
