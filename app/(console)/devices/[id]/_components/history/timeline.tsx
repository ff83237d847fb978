import { Panel } from "@/app/_ui/panel";
import records from "@/app/_ui/tables/records.module.css";
import { counted } from "@/app/_ui/words/figures";
import { exactTime } from "@/app/_ui/words/local-time";
import type { AlertType } from "@/lib/domain/alerts/alerting";
import { stateShares } from "@/lib/domain/occupancy/bay-history";
import type { BayState } from "@/lib/domain/occupancy/bay-state";
import type { AlertSpan } from "@/lib/server/devices/read-timeline";
import type { History } from "../../load";
import { share } from "./quantities";
import { TimeAxis } from "./time-axis";
import classes from "./timeline.module.css";
import { TimelineTables } from "./timeline-tables";

type TimelineProps = { history: History; timeZone: string };

/** What happened in the bay and which alerts there were, along the axis of the charts below. */
export function Timeline({ history, timeZone }: TimelineProps) {
  const { timeline, range, ticks } = history;
  const inWords = occupancyInWords(history);
  const types = [...new Set(timeline.alerts.map(({ alert_type }) => alert_type))].sort();
  return (
    <Panel id="timeline" title="Occupancy and alerts" aside={inWords}>
      {timeline.completeFrom > range.from ? (
        <p className={records.quiet}>
          Too much to show: the timeline starts at{" "}
          {exactTime(new Date(timeline.completeFrom).toISOString(), timeZone)}. Choose a shorter
          range to see earlier events.
        </p>
      ) : null}
      <Legend />
      <div className={classes.lanes} aria-hidden="true">
        <Lane name="Bay">
          <OccupancyBars history={history} />
        </Lane>
        {types.map((type) => (
          <Lane key={type} name={laneName(type)}>
            <AlertBars
              alerts={timeline.alerts.filter(({ alert_type }) => alert_type === type)}
              until={timeline.stretches.at(-1)?.to ?? range.to}
              {...range}
            />
          </Lane>
        ))}
        <TimeAxis ticks={ticks} {...range} />
      </div>
      <TimelineTables timeline={timeline} timeZone={timeZone} />
    </Panel>
  );
}

const laneName = (type: AlertType) => {
  const words = type.replaceAll("_", " ");
  return words[0]!.toUpperCase() + words.slice(1);
};

function occupancyInWords({ timeline }: History): string {
  const { stretches, arrivals, alerts, moreAlerts } = timeline;
  if (stretches.length === 0) return "This time is still to come";
  const shares = stateShares(stretches);
  const unknown = shares.offline + shares.unknown;
  return [
    `Occupied ${share(shares.occupied)}`,
    `free ${share(shares.free)}`,
    `unknown ${share(unknown)} of the time`,
    counted(arrivals, "arrival"),
    `${moreAlerts ? "more than " : ""}${counted(alerts.length, "alert")}`,
  ].join(", ");
}

const LEGEND: [state: string, words: string][] = [
  ["occupied", "Occupied"],
  ["free", "Free"],
  ["unknown", "Unknown: offline, or no event yet"],
];

function Legend() {
  return (
    <ul className={classes.legend}>
      {LEGEND.map(([state, words]) => (
        <li key={state}>
          <span className={classes.swatch} data-state={state} aria-hidden="true" /> {words}
        </li>
      ))}
    </ul>
  );
}

function Lane({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={classes.lane}>
      <span className={classes.laneName}>{name}</span>
      <svg
        className={classes.track}
        viewBox={`0 0 ${SLOTS} 10`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {children}
      </svg>
    </div>
  );
}

/** Finer than any screen; what shares a slot is drawn together, however much there is of it. */
const SLOTS = 2000;
const DRAWN: BayState[] = ["unknown", "offline", "free", "occupied"];

/** Occupied bars rise higher than free ones: their shape tells them apart, not colour alone. */
const TOP: Record<BayState, number> = { occupied: 0, free: 5, offline: 3, unknown: 3 };

function OccupancyBars({ history: { timeline, range } }: { history: History }) {
  return DRAWN.map((state) => {
    const spans = timeline.stretches.filter((stretch) => stretch.state === state);
    const path = bars(spans, range, { top: TOP[state], narrowest: 2 });
    return path === "" ? null : <path key={state} d={path} className={classes[state]} />;
  });
}

type AlertBarsProps = { alerts: AlertSpan[]; until: number; from: number; to: number };

/** Alerts of one type; what is not resolved goes on until now. */
function AlertBars({ alerts, until, from, to }: AlertBarsProps) {
  const spans = alerts.map((alert) => ({ from: alert.from, to: alert.to ?? until }));
  const critical = alerts.some(({ severity }) => severity === "CRITICAL");
  return (
    <path
      d={bars(spans.reverse(), { from, to }, { top: 0, narrowest: 8 })}
      className={critical ? classes.critical : classes.warning}
    />
  );
}

/** One path for many bars, oldest first: those that touch on the screen become one. */
function bars(
  spans: { from: number; to: number }[],
  range: { from: number; to: number },
  { top, narrowest }: { top: number; narrowest: number },
) {
  const slot = (at: number) => {
    const part =
      (Math.min(Math.max(at, range.from), range.to) - range.from) / (range.to - range.from);
    return Math.round(part * SLOTS);
  };
  const drawn: [start: number, end: number][] = [];
  for (const span of spans) {
    const start = slot(span.from);
    // However short it was, it is seen.
    const end = Math.max(slot(span.to), start + narrowest);
    const last = drawn.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else drawn.push([start, end]);
  }
  return drawn.map(([start, end]) => `M${start} ${top}H${end}V10H${start}Z`).join("");
}
