import { Icon } from "@/app/_ui/icons";
import { QueryLink } from "@/app/_ui/query-navigation";
import {
  type HeartbeatColumn,
  type HeartbeatSort,
  WORST_FIRST,
} from "@/lib/server/devices/read-heartbeat";
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
/** The head of a column, which is a link that sorts by it, or the other way round. */
export function headOf(column: HeartbeatColumn, sort: HeartbeatSort) {
  const sorted = column === sort.column;
  const descending = sorted && sort.descending;
  const next = { column, descending: sorted && !descending };
  const direction: "ascending" | "descending" = descending ? "descending" : "ascending";
  return {
    name: NAMES[column],
    sorted: sorted ? direction : undefined,
    head: (
      <QueryLink changes={{ sort: addressOf(next), after: null }} className={classes.sort}>
        {NAMES[column]}
        {sorted ? <Icon name={descending ? "down" : "up"} size={12} /> : null}
      </QueryLink>
    ),
  };
}

/** How the address says it; null for the order that a list begins with. */
function addressOf({ column, descending }: HeartbeatSort): string | null {
  const first = column === WORST_FIRST.column && descending === WORST_FIRST.descending;
  return first ? null : `${descending ? "-" : ""}${column}`;
}
