import path from "node:path";
import { settle } from "./bulk-answer";
import { type Client, RefusedRequest } from "./client";
import { batchesOf, type CsvFile, type CsvRow, openCsv } from "./csv-source";
import { type FileKind, hasSurplusCells, messageMaker } from "./messages";
import type { Progress } from "./progress";
import type { Reject, Rejects } from "./rejects";
import { Interrupted, ReplayError } from "./replay-error";
import { countRefused, settledRows, type Tally } from "./tally";

export type Sending = {
  client: Pick<Client, "post">;
  /** Rows of a request; halved for good when the server finds one too large. */
  batch: { rows: number };
  rejects: Pick<Rejects, "add">;
  interrupt: AbortSignal;
  startProgress(name: string, totalBytes: number): Progress;
};

const SURPLUS_CELLS = "row: Holds more cells than the header names, so it was not sent.";

/**
 * Sends a file in batches, one request at a time and in order: of two states of one device at one
 * timestamp the later received one counts. The next batch is read while one is under way.
 * @param tally filled as answers come, so that it holds whenever the replay ends
 * @throws ReplayError, or Interrupted after Ctrl-C
 */
export async function sendFile(
  filePath: string,
  kind: FileKind,
  tally: Tally,
  sending: Sending,
): Promise<void> {
  const file = await openCsv(filePath);
  const deliver = delivery(file, kind, tally, sending);
  const progress = sending.startProgress(tally.name, file.totalBytes);
  const startedAt = Date.now();
  let underWay: Promise<void> = Promise.resolve();
  try {
    for await (const rows of batchesOf(file, () => sending.batch.rows)) {
      await underWay;
      if (sending.interrupt.aborted) throw new Interrupted();
      tally.rows += rows.length;
      underWay = deliver(rows).then(() => progress.update(file.bytesRead(), settledRows(tally)));
      // Awaited above or below; until then a failure is not an unhandled one.
      underWay.catch(() => {});
    }
    await underWay;
    tally.isComplete = true;
  } finally {
    await underWay.catch(() => {});
    tally.seconds = (Date.now() - startedAt) / 1000;
    progress.stop();
    await file.close();
  }
  if (settledRows(tally) !== tally.rows) {
    throw new ReplayError(
      `${filePath}: ${tally.rows} rows, but ${settledRows(tally)} answers; they must be equal.`,
    );
  }
}

function delivery(file: CsvFile, kind: FileKind, tally: Tally, sending: Sending) {
  const messageOf = messageMaker(file.path, file.header, kind);
  const refuse = (refusals: { row: CsvRow; reason: string }[]) => {
    for (const { reason } of refusals) countRefused(tally, reason);
    const name = path.basename(file.path);
    sending.rejects.add(
      refusals.map((refusal): Reject => ({ file: name, header: file.header, ...refusal })),
    );
  };
  const send = async (rows: CsvRow[]): Promise<void> => {
    try {
      const answer = await sending.client.post(kind.call, rows.map(messageOf));
      refuse(settle(rows, answer, tally));
    } catch (error) {
      if (!(error instanceof RefusedRequest) || error.status !== 413) throw error;
      const half = Math.ceil(rows.length / 2);
      if (half === rows.length) {
        return refuse(rows.map((row) => ({ row, reason: `row: ${error.message}` })));
      }
      sending.batch.rows = Math.min(sending.batch.rows, half);
      await send(rows.slice(0, half));
      await send(rows.slice(half));
    }
  };
  return async (rows: CsvRow[]): Promise<void> => {
    const shifted = rows.filter((row) => hasSurplusCells(row, file.header));
    refuse(shifted.map((row) => ({ row, reason: SURPLUS_CELLS })));
    const sound = shifted.length === 0 ? rows : rows.filter((row) => !shifted.includes(row));
    tally.sent += sound.length;
    if (sound.length > 0) await send(sound);
  };
}
