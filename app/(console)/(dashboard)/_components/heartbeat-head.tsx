import { Icon } from "@/app/_ui/icons";
import { QueryLink } from "@/app/_ui/query-navigation";
import {
  HEARTBEAT_COLUMNS,
  type HeartbeatColumn,
  type HeartbeatSort,
  WORST_FIRST,
} from "@/lib/domain/health";
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
              <QueryLink changes={{ sort: addressOf(next), after: null }} className={classes.sort}>
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

/** How the address says it; null for the order that a list begins with. */
function addressOf({ column, descending }: HeartbeatSort): string | null {
  const first = column === WORST_FIRST.column && descending === WORST_FIRST.descending;
  return first ? null : `${descending ? "-" : ""}${column}`;
}
