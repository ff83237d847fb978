import type { TimeTick } from "../../time-ticks";
import classes from "./timeline.module.css";

type TimeAxisProps = { ticks: TimeTick[]; from: number; to: number };

/** The marks of local time below bars that are drawn from `from` to `to`. */
export function TimeAxis({ ticks, from, to }: TimeAxisProps) {
  return (
    <div className={classes.axis}>
      {ticks.map(({ at, label }) => (
        <span key={at} style={{ left: `${((at - from) / (to - from)) * 100}%` }}>
          {label}
        </span>
      ))}
    </div>
  );
}
