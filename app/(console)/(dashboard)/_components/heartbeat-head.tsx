import { Icon } from "@/app/_ui/icons";
import { QueryLink } from "@/app/_ui/query-navigation";
import { HEARTBEAT_COLUMNS, type HeartbeatColumn, type HeartbeatSort } from "@/lib/domain/health";
import { dashboardView } from "../view";
import classes from "./table.module.css";

const NAMES: Record<HeartbeatColumn, string> = {
  device: "Device",
  zone: "Zone",
  status: "Status",
  seen: "Last seen",
  state: "State",
  health: "Health",
  alerts: "Open alerts",
};
/** Columns of figures: their ends are aligned. */
const NUMBERS: HeartbeatColumn[] = ["health", "alerts"];

/** The heads of the columns, each a link that sorts by it, or the other way round. */
export function HeartbeatHead({ sort }: { sort: HeartbeatSort }) {
  return (
    <thead>
      <tr>
        {HEARTBEAT_COLUMNS.map((column) => {
          const sorted = column === sort.column;
          const descending = sorted && sort.descending;
          const next = { column, descending: sorted && !descending };
          return (
            <th
              key={column}
              scope="col"
              data-column={column}
              className={NUMBERS.includes(column) ? classes.number : undefined}
              aria-sort={sorted ? (descending ? "descending" : "ascending") : undefined}
            >
              <QueryLink
                changes={dashboardView.changes({ sort: next, after: 0 })}
                className={classes.sort}
              >
                {NAMES[column]}
                {sorted ? <Icon name={descending ? "down" : "up"} size={12} /> : null}
              </QueryLink>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
