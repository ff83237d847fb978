"use client";

import { useOffline } from "next/offline";
import { Icon } from "@/app/_ui/icons";
import classes from "./server-away-note.module.css";

/** Says why a click shows nothing yet: it waits until the server answers again. */
export function ServerAwayNote() {
  return (
    <div role="alert">
      {useOffline() ? (
        <p className={classes.note}>
          <Icon name="away" size={16} />
          The server can't be reached. What you clicked opens as soon as it answers.
        </p>
      ) : null}
    </div>
  );
}
