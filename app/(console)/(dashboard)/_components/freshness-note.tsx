"use client";

import { Icon } from "@/app/_ui/icons";
import { useFreshness } from "./live-frame";
import classes from "./toolbar.module.css";

/** How old the figures in view are, and whether newer ones can be had. */
export function FreshnessNote({ live, clockZone }: { live: boolean; clockZone: string }) {
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
