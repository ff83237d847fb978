import { ColumnHeads } from "@/app/_ui/column-heads";
import { figure } from "@/app/_ui/figures";
import { exactTime } from "@/app/_ui/local-time";
import records from "@/app/_ui/records.module.css";
import type { BayState } from "@/lib/domain/bay-state";
import { duration } from "@/lib/domain/duration";
import type { Timeline } from "@/lib/server/devices/read-timeline";
import classes from "./figures.module.css";

const STATES: Record<BayState, string> = {
  occupied: "Occupied",
  free: "Free",
  offline: "Unknown: offline",
  unknown: "Unknown: no event yet",
};

const MOST_ROWS = 50;

type TimelineTablesProps = { timeline: Timeline; timeZone: string };

/** The timeline for anyone who can't or won't see it, newest first. */
export function TimelineTables({ timeline, timeZone }: TimelineTablesProps) {
  const { stretches } = timeline;
  const shown = stretches.slice(-MOST_ROWS).reverse();
  const at = (ms: number) => exactTime(new Date(ms).toISOString(), timeZone);
  return (
    <details className={classes.details}>
      <summary>States as a table</summary>
      <table className={records.table}>
        <caption className={classes.caption}>
          {shown.length < stretches.length
            ? `The newest ${MOST_ROWS} of ${figure(stretches.length)} states of the bay`
            : "States of the bay, newest first"}
        </caption>
        <ColumnHeads names={["State", "From", "Until", "For"]} />
        <tbody>
          {shown.map(({ state, from, to }) => (
            <tr key={from}>
              <th scope="row">{STATES[state]}</th>
              <td data-label="From">{at(from)}</td>
              <td data-label="Until">{at(to)}</td>
              <td data-label="For">{duration(to - from)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {timeline.alerts.length === 0 ? null : (
        <table className={records.table}>
          <caption className={classes.caption}>
            {timeline.moreAlerts
              ? "The newest alerts in this time"
              : "Alerts in this time, newest first"}
          </caption>
          <ColumnHeads names={["Alert", "From", "Until", "Severity"]} />
          <tbody>
            {timeline.alerts.map((alert) => (
              <tr key={alert.id}>
                <th scope="row">{alert.message}</th>
                <td data-label="From">{at(alert.from)}</td>
                <td data-label="Until">{alert.to === null ? "Not resolved" : at(alert.to)}</td>
                <td data-label="Severity">{alert.severity.toLowerCase()}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
