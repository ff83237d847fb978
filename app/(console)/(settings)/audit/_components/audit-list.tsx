import { ColumnHeads } from "@/app/_ui/column-heads";
import records from "@/app/_ui/records.module.css";
import { relativeTime, utcTime } from "@/app/_ui/relative-age";
import type { AuditRow } from "@/lib/server/audit/read-audit";
import { actionInWords } from "./action-words";
import { Changes } from "./changes";

type AuditListProps = {
  rows: AuditRow[];
  filtered: boolean;
  facilityNames: Map<number, string>;
  /** The server's clock, milliseconds since 1970. */
  now: number;
};

export function AuditList({ rows, filtered, facilityNames, now }: AuditListProps) {
  if (rows.length === 0) {
    return (
      <p className={records.empty} role="status">
        {filtered
          ? "No entry matches these filters. Remove a filter to see more."
          : "Nothing to show on this page."}
      </p>
    );
  }
  return (
    <table className={records.table}>
      <ColumnHeads names={["When", "Who", "From address", "What", "Change"]} />
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} facilityNames={facilityNames} now={now} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = Pick<AuditListProps, "facilityNames" | "now"> & { row: AuditRow };

function Row({ row, facilityNames, now }: RowProps) {
  return (
    <tr>
      <td data-label="When" className={records.wide}>
        <time dateTime={row.at}>
          {utcTime(row.at)}
          <span className={records.sub}>{relativeTime(Date.parse(row.at), now)}</span>
        </time>
      </td>
      <td data-label="Who">
        {row.actor_name}
        {row.actor_kind === "key" || row.actor_kind === "system" ? (
          <span className={records.sub}>{row.actor_kind}</span>
        ) : null}
      </td>
      <td data-label="From address">{row.address ?? <span className={records.quiet}>—</span>}</td>
      <th scope="row">{actionInWords(row)}</th>
      <td data-label="Change" className={records.wide}>
        <Changes before={row.before} after={row.after} facilityNames={facilityNames} />
      </td>
    </tr>
  );
}
