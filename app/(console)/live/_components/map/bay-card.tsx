"use client";

import { useClock } from "@/app/_live/clock";
import { STATE_WORDS, STATUS_WORDS } from "@/app/_ui/words/device-words";
import { figure } from "@/app/_ui/words/figures";
import { timeIn } from "@/app/_ui/words/local-time";
import { relativeAge } from "@/app/_ui/words/relative-age";
import { measured } from "../measured";
import { useLiveRow } from "../use-live-devices";
import classes from "./bay-map.module.css";

type BayCardProps = { id: number | null; timeZones: Record<number, string> };

/** What is known of the bay that the pointer or the focus is on; always in the same place. */
export function BayCard({ id, timeZones }: BayCardProps) {
  return (
    <div className={classes.card} aria-live="polite">
      {id === null ? (
        <p className={classes.hint}>Hover over a bay or use the arrow keys for details.</p>
      ) : (
        <Details id={id} timeZones={timeZones} />
      )}
    </div>
  );
}

function Details({ id, timeZones }: { id: number; timeZones: Record<number, string> }) {
  const row = useLiveRow(id);
  const now = useClock();
  if (!row) return null;
  const timeZone = timeZones[row.facility_id] ?? "UTC";
  const { word } = STATE_WORDS[row.state];
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{row.code}</dt>
        <dd>
          {word}
          {row.stateSince === null ? "" : ` since ${timeIn(row.stateSince, timeZone, now)}`}
        </dd>
      </div>
      <div>
        <dt>Status</dt>
        <dd>
          {row.state === "never" ? "—" : STATUS_WORDS[row.status].word}
          {row.open_alerts > 0 ? `, ${figure(row.open_alerts)} open` : ""}
        </dd>
      </div>
      <div>
        <dt>Last seen</dt>
        <dd>{row.lastSeenAt === null ? "never" : relativeAge(row.lastSeenAt, now)}</dd>
      </div>
      <div>
        <dt>Readings</dt>
        <dd>
          {row.voltage === null
            ? "none yet"
            : `${measured(row.voltage, "V")} · ${measured(row.current, "A")} · ${measured(row.powerW, "W", 0)}`}
        </dd>
      </div>
      <div>
        <dt>Health</dt>
        <dd>{figure(row.healthScore)}</dd>
      </div>
    </dl>
  );
}
