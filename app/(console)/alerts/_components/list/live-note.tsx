"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { useLiveEvents } from "@/app/_live/use-live";
import { useQueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { useRefresh } from "@/app/_ui/use-refresh";
import { counted } from "@/app/_ui/words/figures";
import { type Concern, cameUp, concerns } from "./concerns";
import classes from "./live-note.module.css";

type LiveNoteProps = {
  concern: Concern;
  firstPage: boolean;
  /** Whether someone is at work in the list, which must not move under their hands. */
  held: boolean;
  /** When the list was read; what came before is in it. */
  readAt: string;
};

/** Whether someone goes through the alerts by keyboard: what has the focus must not go away. */
const keyboardInside = () => document.querySelector("[data-alerts] :focus-visible") !== null;

type Missed = { readAt: string; raised: ReadonlySet<number>; changed: boolean };

/** Keeps the list fresh by itself, or says what has come while it must stay as it is. */
export function LiveNote({ concern, firstPage, held, readAt }: LiveNoteProps) {
  const { go } = useQueryNavigation();
  const { refreshSoon } = useRefresh();
  const refresh = () => refreshSoon();
  const none: Missed = { readAt, raised: new Set(), changed: false };
  const [missed, setMissed] = useState(none);
  if (missed.readAt !== readAt) setMissed(none);
  const isCalm = () => firstPage && !held && !keyboardInside();
  const note = (raised: number[]) =>
    setMissed((before) => ({
      readAt: before.readAt,
      raised: new Set([...before.raised, ...raised]),
      changed: true,
    }));
  useLiveEvents({
    onAlerts(changes) {
      const ours = changes.filter((change) => concerns(concern, change));
      if (ours.length === 0) return;
      if (isCalm()) refresh();
      else note(ours.filter(cameUp).map(({ alert_id }) => alert_id));
    },
    onReset() {
      if (isCalm()) refresh();
      else note([]);
    },
  });
  const show = () => (firstPage ? refresh() : go({ after: null }));
  const count = missed.raised.size;
  return (
    <div role="status" className={classes.note}>
      {missed.changed ? (
        <Button size="xs" variant="light" onClick={show}>
          {count > 0 ? `${counted(count, "new alert")} · Show` : "The list has changed · Show"}
        </Button>
      ) : null}
    </div>
  );
}
