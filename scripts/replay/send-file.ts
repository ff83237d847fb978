import path from "node:path";
import { z } from "zod";
import { type Client, RefusedRequest, type ServerAnswer } from "./client";
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

const BulkAnswer = z.object({
  created: z.int().nonnegative(),
  duplicates: z.int().nonnegative(),
  errors: z.array(
    z.object({
      index: z.int().nonnegative(),
      errors: z.record(z.string(), z.array(z.string()).min(1)),
    }),
  ),
});
type BulkAnswer = z.infer<typeof BulkAnswer>;

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

/** @returns the refused rows; an answer that leaves a row's fate open is an error */
function settle(rows: CsvRow[], { body, attempts }: ServerAnswer, tally: Tally) {
  const answer = checkedAnswer(body, rows.length);
  tally.created += answer.created;
  tally.duplicates += answer.duplicates;
  if (attempts > 1) tally.resentDuplicates += answer.duplicates;
  return answer.errors
    .filter((entry) => !isDuplicate(entry))
    .map(({ index, errors }) => ({ row: rows[index] as CsvRow, reason: reasonOf(errors) }));
}

function checkedAnswer(body: unknown, rows: number): BulkAnswer {
  const result = BulkAnswer.safeParse(body);
  if (!result.success) {
    throw new ReplayError("The answer to a bulk call has another shape; is this the right server?");
  }
  const { created, duplicates, errors } = result.data;
  const indexes = new Set(errors.map(({ index }) => index));
  const isWhole =
    created + errors.length === rows &&
    indexes.size === errors.length &&
    errors.every(({ index }) => index < rows) &&
    errors.filter(isDuplicate).length === duplicates;
  if (!isWhole) {
    throw new ReplayError(
      `The server's answer doesn't add up: of ${rows} rows ${created} created, ` +
        `${duplicates} duplicates, ${errors.length} listed as not created.`,
    );
  }
  return result.data;
}

function isDuplicate({ errors }: BulkAnswer["errors"][number]): boolean {
  const [field, ...others] = Object.keys(errors);
  return (
    field === "timestamp" && others.length === 0 && errors.timestamp![0]!.startsWith("Duplicate")
  );
}

function reasonOf(errors: Record<string, string[]>): string {
  const reasons = Object.entries(errors).map(([field, texts]) => `${field}: ${texts.join(" ")}`);
  return reasons.join("; ");
}
