import records from "@/app/_ui/tables/records.module.css";
import type { AuditRow } from "@/lib/server/audit/read-audit";
import classes from "./changes.module.css";
import { type FieldChange, fieldChanges } from "./field-changes";

/** More fields than these, or longer texts, are shown when someone asks for them. */
const MOST_FIELDS = 3;
const MOST_LETTERS = 160;

type ChangesProps = Pick<AuditRow, "before" | "after"> & { facilityNames: Map<number, string> };

/** Each field that changed with its old and its new value. */
export function Changes({ before, after, facilityNames }: ChangesProps) {
  const changes = fieldChanges(before, after, facilityNames);
  if (changes.length === 0) return <span className={records.quiet}>—</span>;
  const list = (
    <ul className={classes.changes}>
      {changes.map((change) => (
        <Change key={change.field} {...change} />
      ))}
    </ul>
  );
  const letters = changes.reduce((sum, { old, now }) => sum + (old + now).length, 0);
  if (changes.length <= MOST_FIELDS && letters <= MOST_LETTERS) return list;
  const names = changes.map(({ field }) => field).join(", ");
  return (
    <details className={classes.long}>
      <summary>{names.length > 60 ? `${changes.length} fields` : names}</summary>
      {list}
    </details>
  );
}

function Change({ field, old, now }: FieldChange) {
  return (
    <li>
      <span className={records.quiet}>{field}:</span>{" "}
      {old === "" ? null : <del className={classes.old}>{old}</del>}
      {old === "" || now === "" ? null : (
        <>
          <span aria-hidden="true"> → </span>
          <span className="visually-hidden"> became </span>
        </>
      )}
      {now === "" ? null : <ins className={classes.now}>{now}</ins>}
    </li>
  );
}
