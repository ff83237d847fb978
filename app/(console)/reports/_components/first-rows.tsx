import { ColumnHeads } from "@/app/_ui/column-heads";
import { counted, figure } from "@/app/_ui/figures";
import { Panel } from "@/app/_ui/panel";
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus */}
      <section className={classes.scroll} tabIndex={0} aria-label="First rows of the file">
        <table className={`${classes.table} ${classes.rows}`}>
          <ColumnHeads names={USAGE_COLUMNS} />
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.timestamp} ${row.device_code} ${row.is_occupied}`}>
                {USAGE_COLUMNS.map((column) => (
                  <td key={column} data-label={column}>
                    {String(row[column])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}
