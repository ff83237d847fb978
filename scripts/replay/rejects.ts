import { appendFileSync, writeFileSync } from "node:fs";
import Papa from "papaparse";
import type { CsvRow } from "./csv-source";
import { ReplayError, wordsOf } from "./replay-error";

export type Reject = { file: string; header: string[]; row: CsvRow; reason: string };

/** The file of refused rows; it is only made when there is one. */
export class Rejects {
  private made = false;

  constructor(readonly path: string) {}

  get isEmpty(): boolean {
    return !this.made;
  }

  /**
   * Written at once, so that the file is complete wherever the replay ends.
   * @throws ReplayError when it can't be written
   */
  add(rejects: Reject[]): void {
    if (rejects.length === 0) return;
    const lines = rejects.map(({ file, header, row, reason }) => [
      file,
      row.number,
      reason,
      JSON.stringify(originalOf(header, row)),
    ]);
    try {
      if (!this.made) writeFileSync(this.path, "file,row_number,reason,row\n");
      this.made = true;
      appendFileSync(this.path, `${Papa.unparse(lines, { newline: "\n" })}\n`);
    } catch (error) {
      throw new ReplayError(`${this.path} can't be written: ${wordsOf(error)}`);
    }
  }
}

function originalOf(header: string[], { cells }: CsvRow): Record<string, string> {
  const named = cells.map((text, at): [string, string] => [header[at] ?? `#${at + 1}`, text]);
  return Object.fromEntries(named);
}

/** A name in the current folder that no other run has. */
export function defaultRejectsPath(now: Date): string {
  return `replay-rejects-${now.toISOString().replace(/[-:]/g, "").replace(/\..*/, "Z")}.csv`;
}
