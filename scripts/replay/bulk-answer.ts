import { z } from "zod";
import type { ServerAnswer } from "./client";
import { ReplayError } from "./replay-error";
import type { Tally } from "./tally";

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

/**
 * Counts what became of the rows of a bulk call.
 * @returns the refused rows
 * @throws ReplayError for an answer that leaves a row's fate open
 */
export function settle<Row>(rows: Row[], { body, attempts }: ServerAnswer, tally: Tally) {
  const answer = checkedAnswer(body, rows.length);
  tally.created += answer.created;
  tally.duplicates += answer.duplicates;
  if (attempts > 1) tally.resentDuplicates += answer.duplicates;
  return answer.errors
    .filter((entry) => !isDuplicate(entry))
    .map(({ index, errors }) => ({ row: rows[index] as Row, reason: reasonOf(errors) }));
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
