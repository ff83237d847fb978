import { isDatabaseAway, isWorthRetrying } from "@/db/errors";
import { log } from "@/lib/server/log";
import type { IngestRow, Outcome } from "./ingest-row";

const MAX_DEADLOCKS = 4;
/** Failed attempts of one flush, at most: about a second. What is left over is sent again. */
const MAX_FAILURES = 256;
/** The same for rows of suspects, which would otherwise slow every flush down. */
const MAX_SUSPECT_FAILURES = 32;

/**
 * Wraps a flush so that a row that can't be stored fails alone, whatever the error: the flush is cut
 * in halves until that row stands alone. A deadlock is tried again. Only an outage fails the flush
 * as a whole. Devices whose rows failed lately are stored after all others and apart from them, so
 * that a device that goes on sending such rows holds no one up; what fails too often is `busy`.
 * @param forget drops what is remembered of the database, in case that was at fault (a partition
 *   that no longer exists), before the whole flush is tried once more
 * @throws what the flush throws during an outage
 */
export function isolatingBadRows<Row extends IngestRow>(
  flush: (rows: Row[]) => Promise<Outcome[]>,
  forget: () => void,
): (rows: Row[]) => Promise<Outcome[]> {
  const suspects = new Suspects();
  const isolate = async (rows: Row[], tries: Tries): Promise<Outcome[]> => {
    if (tries.failures === 0) return rows.map(() => "busy");
    try {
      return await flush(rows);
    } catch (error) {
      if (isWorthRetrying(error) && tries.deadlocks-- > 0) return isolate(rows, tries);
      if (isDatabaseAway(error)) throw error;
      tries.failures -= 1;
      if (!tries.forgot) {
        forget();
        tries.forgot = true;
        return isolate(rows, tries);
      }
      const [row] = rows;
      if (row && rows.length === 1) {
        log().error({ err: error, device: row.device.code }, "a row could not be stored");
        suspects.add(row.device.id);
        return ["failed"];
      }
      const middle = Math.ceil(rows.length / 2);
      const first = await isolate(rows.slice(0, middle), tries);
      return [...first, ...(await isolate(rows.slice(middle), tries))];
    }
  };
  const store = (rows: Row[], failures: number) =>
    rows.length === 0 ? [] : isolate(rows, { failures, deadlocks: MAX_DEADLOCKS, forgot: false });
  return async (rows) => {
    const apart = rows.map((row) => suspects.has(row.device.id));
    if (!apart.includes(true)) return store(rows, MAX_FAILURES);
    const trusted = await store(
      rows.filter((_, i) => !apart[i]),
      MAX_FAILURES,
    );
    const suspected = await store(
      rows.filter((_, i) => apart[i]),
      MAX_SUSPECT_FAILURES,
    );
    const next = { trusted: 0, suspected: 0 };
    return apart.map((isApart) =>
      isApart ? suspected[next.suspected++]! : trusted[next.trusted++]!,
    );
  };
}

/** What a flush may still try; `forgot`: nothing is remembered of the database any more. */
type Tries = { failures: number; deadlocks: number; forgot: boolean };

const SUSPECT_FOR_MS = 60_000;
const MAX_SUSPECTS = 10_000;

/** Devices of which a row could not be stored, for a minute after it. */
class Suspects {
  private readonly untilById = new Map<number, number>();

  add(deviceId: number): void {
    // Kept in the order of their times, so that the first ones go first.
    this.untilById.delete(deviceId);
    this.untilById.set(deviceId, Date.now() + SUSPECT_FOR_MS);
    const [oldest] = this.untilById.keys();
    if (oldest !== undefined && this.untilById.size > MAX_SUSPECTS) this.untilById.delete(oldest);
  }

  has(deviceId: number): boolean {
    const until = this.untilById.get(deviceId);
    if (until === undefined) return false;
    if (until >= Date.now()) return true;
    this.untilById.delete(deviceId);
    return false;
  }
}
