"use client";

import { QueryLink } from "@/app/_ui/addresses/query-navigation";
import { Icon } from "@/app/_ui/icons";
import classes from "./alert-groups.module.css";

type GroupToggleProps = {
  groupKey: string;
  /** Keys of all groups that are opened, this one's where it is. */
  opened: string[];
  children: React.ReactNode;
};

/** Opens and closes a group, through the address. */
export function GroupToggle({ groupKey, opened, children }: GroupToggleProps) {
  const isOpen = opened.includes(groupKey);
  const others = opened.filter((key) => key !== groupKey);
  return (
    <QueryLink
      className={classes.toggle}
      aria-expanded={isOpen}
      changes={{ opened: isOpen ? others : [...others, groupKey] }}
    >
      <Icon name={isOpen ? "down" : "right"} />
      {children}
    </QueryLink>
  );
}

type ShowGroupProps = { changes: Record<string, string>; children: React.ReactNode };

/** Leads from a group to all of its alerts. */
export function ShowGroup({ changes, children }: ShowGroupProps) {
  return (
    <QueryLink changes={{ ...changes, group: null, opened: null, after: null }}>
      {children}
    </QueryLink>
  );
}
