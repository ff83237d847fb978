import { figure } from "@/app/_ui/words/figures";
import { StateMark } from "@/app/_ui/words/state-mark";
import type { CheckedList, ImportCounts, ListKind } from "./check-list";
import classes from "./import.module.css";

/** "500 devices made, 2 changed, 0 as they were; 3 zones made". */
export function countsInWords(kind: ListKind, counts: ImportCounts): string {
  const { created, updated, unchanged, zones_created = 0, facilities_created = 0 } = counts;
  const noun = kind.slice(0, -1);
  const of = (count: number, one: string, many = `${one}s`) =>
    `${figure(count)} ${count === 1 ? one : many}`;
  const parts = [
    `${of(created, noun)} created`,
    ...(updated > 0 ? [`${figure(updated)} changed`] : []),
    ...(unchanged > 0 ? [`${figure(unchanged)} unchanged`] : []),
    ...(zones_created > 0 ? [`${of(zones_created, "zone")} created`] : []),
    ...(facilities_created > 0
      ? [`${of(facilities_created, "facility", "facilities")} created`]
      : []),
  ];
  return parts.join(", ");
}

type ImportSummaryProps = { kind: ListKind; list: CheckedList };

/** Whether a list can be imported, and what that would do. */
export function ImportSummary({ kind, list: { rows, counts } }: ImportSummaryProps) {
  const faulty = rows.filter(({ faults }) => faults.length > 0).length;
  return (
    <div role="status" className={classes.summary}>
      {counts ? (
        <>
          <StateMark tone="good" icon="ok">
            No errors
          </StateMark>
          <span>This import: {countsInWords(kind, counts)}. Nothing is stored yet.</span>
        </>
      ) : (
        <>
          <StateMark tone="critical" icon="critical">
            {faulty === 1 ? "1 row with errors" : `${figure(faulty)} rows with errors`}
          </StateMark>
          <span>
            of {figure(rows.length)}. Nothing is imported until there are no errors: fix the file
            and choose it again.
          </span>
        </>
      )}
    </div>
  );
}
