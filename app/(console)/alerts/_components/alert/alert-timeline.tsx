import { Ago } from "@/app/_live/clock";
import { Icon, type IconName } from "@/app/_ui/icons";
import { TRANSITION_NAMES } from "@/app/_ui/words/alert-words";
import { exactTime } from "@/app/_ui/words/local-time";
import type { AlertTimelineEntry } from "@/lib/server/alerts/read-alerts";
import classes from "./alert-facts.module.css";

const ICONS: Record<AlertTimelineEntry["kind"], IconName> = {
  raised: "bell",
  reopened: "bell",
  acknowledged: "user",
  unacknowledged: "user",
  resolved: "ok",
};

type AlertTimelineProps = { entries: AlertTimelineEntry[]; timeZone: string };

/** Everything that happened to an alert, the first thing first. */
export function AlertTimeline({ entries, timeZone }: AlertTimelineProps) {
  return (
    <ol className={classes.timeline}>
      {entries.map(({ kind, at, actor, comment }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever added at the end
        <li key={index} className={classes.entry}>
          <span className={classes.icon} data-kind={kind}>
            <Icon name={ICONS[kind]} />
          </span>
          <strong>{TRANSITION_NAMES[kind]}</strong>
          {actor === "system" ? "" : ` by ${actor}`}
          {", "}
          <Ago iso={at} exact={exactTime(at, timeZone)} />
          <div className={classes.quiet}>{exactTime(at, timeZone)}</div>
          {comment ? <span className={classes.comment}>{comment}</span> : null}
        </li>
      ))}
    </ol>
  );
}
