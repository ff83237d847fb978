import { QueryLink } from "@/app/_ui/addresses/query-navigation";
import { Icon } from "@/app/_ui/icons";
import type { HeartbeatColumn, HeartbeatSort } from "@/lib/domain/devices/health";
import { dashboardView } from "../../view";
import classes from "../table.module.css";

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
      <QueryLink changes={dashboardView.changes({ sort: next, after: 0 })} className={classes.sort}>
        {NAMES[column]}
        {sorted ? <Icon name={descending ? "down" : "up"} size={12} /> : null}
      </QueryLink>
    ),
  };
}
