"use client";

import { Button, Checkbox } from "@mantine/core";
import { counted, figure } from "@/app/_ui/words/figures";
import { useSelection } from "./selection";
import classes from "./selection-bar.module.css";

type SelectionBarProps = {
  /** What can be selected on the page in view. */
  pageIds: number[];
  /** How many open alerts match the filters on all pages. */
  matching: number;
  onAcknowledge: () => void;
};

/** What is selected, and what can be done with it; stays in view while the list scrolls. */
export function SelectionBar({ pageIds, matching, onAcknowledge }: SelectionBarProps) {
  const selection = useSelection();
  if (!selection || (pageIds.length === 0 && selection.count === 0)) return null;
  const { selected, count, has } = selection;
  const onPage = pageIds.filter(has).length;
  const whole = pageIds.length > 0 && onPage === pageIds.length;
  return (
    <div className={classes.bar} data-active={count > 0 || undefined}>
      <Checkbox
        size="sm"
        label={`Select ${pageIds.length === 1 ? "the open one" : `all ${figure(pageIds.length)} open`} on this page`}
        checked={whole}
        indeterminate={onPage > 0 && !whole}
        disabled={pageIds.length === 0}
        onChange={() => selection.select(pageIds, !whole)}
      />
      <span role="status" className={classes.count}>
        {count > 0 ? `${figure(count)} selected` : ""}
      </span>
      {count > 0 ? (
        <div className={classes.buttons}>
          {whole && selected.kind === "some" && matching > count ? (
            <Button size="xs" variant="subtle" onClick={selection.selectAll}>
              Select all {figure(matching)} that match
            </Button>
          ) : null}
          <Button size="xs" variant="default" onClick={selection.clear}>
            Clear
          </Button>
          <Button size="xs" onClick={onAcknowledge}>
            Acknowledge {counted(count, "alert")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
