"use client";

import { useFocusKept } from "@/app/_ui/dialogs/use-focus-kept";
import { TargetBar, type TargetInView } from "./target-bar";
import classes from "./targets.module.css";

type TargetListProps = { targets: TargetInView[]; date: string; mayWrite: boolean };

/** A bar for each target; those who may change it where it stands. */
export function TargetList({ targets, date, mayWrite }: TargetListProps) {
  useFocusKept(targets.map(({ id }) => id).join());
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus
    <ul className={classes.bars} tabIndex={0} aria-label="Actual vs target events">
      {targets.map((target) => (
        <TargetBar key={target.id} target={target} date={date} mayWrite={mayWrite} />
      ))}
    </ul>
  );
}
