"use client";

import { Button } from "@mantine/core";
import { useQueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { DateSteps } from "@/app/_ui/forms/date-steps";
import { Icon } from "@/app/_ui/icons";
import type { DashboardView } from "../view";
import { useFreshness } from "./live-frame";
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
  const { pending } = useQueryNavigation<DashboardView>();
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
  const { go } = useQueryNavigation<DashboardView>();
  const show = (wanted: string) => go({ date: wanted === today ? null : wanted });
  return (
    <DateSteps
      legend="Date"
      label="Date"
      wrap
      value={date}
      earliest={earliest}
      latest={latest}
      onDate={show}
      previous={{
        label: `Previous day, ${previous}`,
        disabled: previous < earliest,
        onStep: () => show(previous),
      }}
      next={{ label: `Next day, ${next}`, disabled: date >= today, onStep: () => show(next) }}
    >
      <Button variant="default" disabled={date === yesterday} onClick={() => show(yesterday)}>
        Yesterday
      </Button>
      <Button variant="default" disabled={date === today} onClick={() => show(today)}>
        Today
      </Button>
    </DateSteps>
  );
}

/** How old the figures in view are, and whether newer ones can be had. */
function FreshnessNote({ live, clockZone }: { live: boolean; clockZone: string }) {
  const { readAt, offlineSince } = useFreshness();
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: clockZone, timeStyle: "medium" });
  if (offlineSince !== null) {
    return (
      <div className={classes.offline} role="alert">
        <Icon name="away" />
        <span>
          Offline since {clock.format(offlineSince)}: figures as of {clock.format(readAt)}. Trying
          again.
        </span>
      </div>
    );
  }
  return (
    <div className={classes.fresh}>
      {live ? <span className={classes.dot} aria-hidden="true" /> : null}
      <span>
        Updated <time dateTime={new Date(readAt).toISOString()}>{clock.format(readAt)}</time>
        {live ? ", every 10 s" : ""}
      </span>
    </div>
  );
}
