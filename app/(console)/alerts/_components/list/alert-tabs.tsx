"use client";

import { QueryLink } from "@/app/_ui/addresses/query-navigation";
import { figure } from "@/app/_ui/words/figures";
import classes from "./alert-tabs.module.css";

type AlertTabsProps = {
  tabs: { tab: string; name: string; count: number }[];
  current: string;
};

/** The states of alerts, with how many there are in each. */
export function AlertTabs({ tabs, current }: AlertTabsProps) {
  return (
    <nav aria-label="States of alerts" className={classes.tabs}>
      {tabs.map(({ tab, name, count }) => (
        <QueryLink
          key={tab}
          className={classes.tab}
          aria-current={tab === current ? "page" : undefined}
          changes={{ state: tab === "open" ? null : tab, after: null, opened: null }}
        >
          {name} <span className={classes.count}>{figure(count)}</span>
        </QueryLink>
      ))}
    </nav>
  );
}
