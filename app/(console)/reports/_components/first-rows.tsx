import { Panel } from "@/app/_ui/panel";
import { RecordTable } from "@/app/_ui/tables/record-table";
import records from "@/app/_ui/tables/records.module.css";
import { counted, figure } from "@/app/_ui/words/figures";
import { USAGE_COLUMNS } from "@/lib/server/reports/usage-file";
import type { UsageRow } from "@/lib/server/reports/usage-row";
import classes from "./reports.module.css";

/** The beginning of the file, as it stands there. */
export function FirstRows({ rows, total }: { rows: UsageRow[]; total: number }) {
  return (
    <Panel
      id="rows"
      title="Preview"
      aside={
        rows.length < total
          ? `The first ${figure(rows.length)} of ${counted(total, "row")}`
          : `All ${counted(total, "row")}`
      }
    >
      <RecordTable
        className={`${records.table} ${classes.table} ${classes.rows}`}
        cards="phone"
        scrolled={{ label: "First rows of the file", height: 380 }}
        rows={rows}
        keyOf={({ timestamp, device_code, is_occupied }) =>
          `${timestamp} ${device_code} ${is_occupied}`
        }
        columns={USAGE_COLUMNS.map((name) => ({
          name,
          cell: (row: UsageRow) => String(row[name]),
        }))}
      />
    </Panel>
  );
}
