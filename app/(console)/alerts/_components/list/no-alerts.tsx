import { QueryLink } from "@/app/_ui/addresses/query-navigation";
import { Icon } from "@/app/_ui/icons";
import records from "@/app/_ui/tables/records.module.css";
import { figure } from "@/app/_ui/words/figures";
import type { AlertTab } from "../../(list)/view";
import classes from "./no-alerts.module.css";

type NoAlertsProps = {
  tab: AlertTab;
  filtered: boolean;
  /** Whether a page further on was asked for, which has ended since. */
  beyond: boolean;
  acknowledged: number;
};

const EMPTY: Record<Exclude<AlertTab, "open">, string> = {
  acknowledged: "No acknowledged alerts.",
  resolved: "No resolved alerts yet.",
  all: "No alerts yet.",
};

/** In place of a list without alerts: whether that is good news, and where to look next. */
export function NoAlerts({ tab, filtered, beyond, acknowledged }: NoAlertsProps) {
  if (beyond) {
    return (
      <p className={records.empty} role="status">
        No alerts left on this page.{" "}
        <QueryLink changes={{ after: null }}>Back to the first page</QueryLink>
      </p>
    );
  }
  if (filtered) {
    return (
      <p className={records.empty} role="status">
        No alert matches these filters. Remove a filter or switch tabs.
      </p>
    );
  }
  if (tab !== "open") return <p className={records.empty}>{EMPTY[tab]}</p>;
  return (
    <div className={classes.quiet} role="status">
      <span className={classes.mark}>
        <Icon name="ok" size={28} />
      </span>
      <p className={classes.title}>All quiet</p>
      <p className={classes.text}>
        No open alert.
        {acknowledged > 0 ? ` ${figure(acknowledged)} acknowledged, not yet resolved.` : ""} New
        alerts appear here automatically.
      </p>
    </div>
  );
}
