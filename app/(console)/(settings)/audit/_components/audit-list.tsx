import { RecordTable } from "@/app/_ui/tables/record-table";
import records from "@/app/_ui/tables/records.module.css";
import { relativeTime, utcTime } from "@/app/_ui/words/relative-age";
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
    <RecordTable
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { name: "When", wide: true, cell: ({ at }) => <When at={at} now={now} /> },
        { name: "Who", cell: (row) => <Who row={row} /> },
        {
          name: "From address",
          cell: ({ address }) => address ?? <span className={records.quiet}>—</span>,
        },
        { name: "What", names: true, cell: actionInWords },
        {
          name: "Change",
          wide: true,
          cell: ({ before, after }) => (
            <Changes before={before} after={after} facilityNames={facilityNames} />
          ),
        },
      ]}
    />
  );
}

function When({ at, now }: { at: string; now: number }) {
  return (
    <time dateTime={at}>
      {utcTime(at)}
      <span className={records.sub}>{relativeTime(Date.parse(at), now)}</span>
    </time>
  );
}

function Who({ row: { actor_name, actor_kind } }: { row: AuditRow }) {
  return (
    <>
      {actor_name}
      {actor_kind === "key" || actor_kind === "system" ? (
        <span className={records.sub}>{actor_kind}</span>
      ) : null}
    </>
  );
}
