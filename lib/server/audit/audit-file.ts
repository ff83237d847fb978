import { csvText } from "@/lib/server/reports/csv-text";
import type { AuditRow } from "./read-audit";

const COLUMNS = [
  "at",
  "actor_kind",
  "actor_name",
  "address",
  "action",
  "subject_name",
  "before",
  "after",
] as const satisfies (keyof AuditRow)[];

/** The audit log as CSV, piece by piece as its rows come. @throws what `chunks` throws */
export function auditFile(chunks: AsyncGenerator<AuditRow[]>): AsyncGenerator<string> {
  return csvText(COLUMNS, flattened(chunks));
}

async function* flattened(chunks: AsyncGenerator<AuditRow[]>) {
  for await (const rows of chunks) {
    yield rows.map((row) => ({
      ...row,
      before: row.before && JSON.stringify(row.before),
      after: row.after && JSON.stringify(row.after),
    }));
  }
}
