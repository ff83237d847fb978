"use client";

import { useMounted } from "@mantine/hooks";
import { type Connection, useLive } from "@/app/_live/use-live";
import { Icon } from "@/app/_ui/icons";
import classes from "./connection-note.module.css";

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/** Whether this page hears of changes at once, with a delay, or not at all. */
export function ConnectionNote() {
  const { connection } = useLive();
  // The time is told by this browser's own clock and zone, which the server does not know.
  const shown = useMounted() ? connection : ({ kind: "connecting" } as const);
  const { word, explanation } = inWords(shown);
  return (
    <div className={classes.note} data-kind={shown.kind} role="status" title={explanation}>
      {shown.kind === "offline" ? (
        <Icon name="away" size={14} />
      ) : (
        <span className={classes.dot} aria-hidden="true" />
      )}
      <span>{word}</span>
    </div>
  );
}

function inWords(connection: Connection): { word: string; explanation: string } {
  switch (connection.kind) {
    case "connecting":
      return { word: "Connecting", explanation: "Connecting to the server." };
    case "live":
      return { word: "Live", explanation: "Changes show as they happen." };
    case "reconnecting":
      return {
        word: "Reconnecting",
        explanation: `Connection lost at ${clock.format(connection.since)}. Reconnecting.`,
      };
    case "polling":
      return {
        word: "Every 10 s",
        explanation: "No live connection. This page checks for changes every 10 seconds.",
      };
    case "offline":
      return {
        word: `Offline since ${clock.format(connection.since)}`,
        explanation: "Can’t reach the server or database. This page may be out of date.",
      };
  }
}
