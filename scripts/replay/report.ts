import { settledRows, type Tally, totalOf } from "./tally";

const MAX_REASONS = 25;

/** The closing table, and beneath it what needs a word. */
export function closingReport(tallies: Tally[], rejectsPath: string | null): string {
  const total = totalOf(tallies);
  const lines = table("file", tallies.length > 1 ? [...tallies, total] : tallies);
  if (total.resentDuplicates > 0) {
    lines.push(
      "",
      `${total.resentDuplicates} of the duplicates belong to batches that were sent more than once.`,
    );
  }
  const open = total.rows - settledRows(total);
  if (open > 0) {
    lines.push(
      "",
      `${open} rows were sent without an answer: send them again; stored ones are duplicates then.`,
    );
  }
  if (total.refused > 0) lines.push("", "Refused by reason", ...reasonLines(total));
  if (rejectsPath) lines.push("", `Refused rows with their reasons: ${rejectsPath}`);
  return lines.join("\n");
}

/** A line for each tally, with what became of its rows; `noun` says what they are tallies of. */
export function table(noun: string, tallies: Tally[]): string[] {
  const heads = [noun, "rows", "sent", "created", "duplicates", "refused", "seconds", "rows/s"];
  const rows = tallies.map((tally) => [
    tally.isComplete ? tally.name : `${tally.name} (not to its end)`,
    ...[tally.rows, tally.sent, tally.created, tally.duplicates, tally.refused].map(String),
    tally.seconds.toFixed(1),
    String(Math.round(settledRows(tally) / Math.max(0.001, tally.seconds))),
  ]);
  const widths = heads.map((head, at) =>
    Math.max(head.length, ...rows.map((cells) => cells[at]!.length)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
      .join("  ");
  return [line(heads), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)];
}

/** How many rows were refused for which reason, the most frequent one first. */
export function reasonLines({ reasons }: Tally): string[] {
  const sorted = [...reasons].sort(([, a], [, b]) => b - a);
  const width = String(sorted[0]?.[1] ?? 0).length;
  const lines = sorted
    .slice(0, MAX_REASONS)
    .map(([reason, rows]) => `${String(rows).padStart(width)}  ${reason}`);
  const more = sorted.length - MAX_REASONS;
  return more > 0 ? [...lines, `and ${more} other reasons, in the file`] : lines;
}
