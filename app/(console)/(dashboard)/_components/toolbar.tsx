"use client";

import { ActionIcon, Button } from "@mantine/core";
import { DateField } from "@/app/_ui/date-field";
import { Icon } from "@/app/_ui/icons";
import { useQueryNavigation } from "@/app/_ui/query-navigation";
import { FreshnessNote } from "./freshness-note";
import classes from "./toolbar.module.css";

export type ToolbarProps = {
  date: string;
  today: string;
  yesterday: string;
  previous: string;
  next: string;
  earliest: string;
  latest: string;
  /** The zone whose dates and times are in view, in words. */
  timeZoneLabel: string;
  /** The zone in which the page tells its own times. */
  clockZone: string;
  live: boolean;
};

/** Which date is in view, by whose clock, and how fresh. */
export function Toolbar(props: ToolbarProps) {
  const { pending } = useQueryNavigation();
  return (
    <div className={classes.toolbar} aria-busy={pending}>
      <DateControls {...props} />
      <div className={classes.notes}>
        <div>Times: {props.timeZoneLabel}</div>
        <FreshnessNote live={props.live} clockZone={props.clockZone} />
      </div>
    </div>
  );
}

function DateControls(props: ToolbarProps) {
  const { date, today, yesterday, previous, next, earliest, latest } = props;
  const { go } = useQueryNavigation();
  const show = (wanted: string) => go({ date: wanted === today ? null : wanted });
  return (
    <fieldset className={classes.dates}>
      <legend className={classes.legend}>Date</legend>
      <ActionIcon
        variant="default"
        size={36}
        aria-label={`Previous day, ${previous}`}
        disabled={previous < earliest}
        onClick={() => show(previous)}
      >
        <Icon name="left" />
      </ActionIcon>
      <DateField
        label="Date"
        labelHidden
        className={classes.date}
        value={date}
        earliest={earliest}
        latest={latest}
        onChange={(wanted) => {
          if (wanted !== null) show(wanted);
        }}
      />
      <ActionIcon
        variant="default"
        size={36}
        aria-label={`Next day, ${next}`}
        disabled={date >= today}
        onClick={() => show(next)}
      >
        <Icon name="right" />
      </ActionIcon>
      <Button variant="default" disabled={date === yesterday} onClick={() => show(yesterday)}>
        Yesterday
      </Button>
      <Button variant="default" disabled={date === today} onClick={() => show(today)}>
        Today
      </Button>
    </fieldset>
  );
}
