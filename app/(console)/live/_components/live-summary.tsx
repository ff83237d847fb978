"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { STATE_WORDS } from "@/app/_ui/words/device-words";
import { counted, figure } from "@/app/_ui/words/figures";
import { NOW_STATES, type NowState, type StateFilter } from "@/lib/domain/devices/live";
import { type LiveView, liveView } from "../view";
import classes from "./live.module.css";
import type { Counts } from "./live-row";

type LiveSummaryProps = {
  counts: Counts;
  /** How many devices there are beside those that the filters let through; null without filters. */
  of: number | null;
  /** How many are still on their way. */
  missing: number;
  view: LiveView;
  onChange: (change: Partial<LiveView>) => void;
};

const FILTERS: Record<NowState, StateFilter> = {
  ...{
    occupied: "occupied",
    free: "free",
    offline: "offline",
    never: "never",
    unknown: "no_event",
  },
};
/** What is left out while there is none of it. */
const RARE: NowState[] = ["never", "unknown"];

/** What is in view, in figures, each of which shows what it counts. */
export function LiveSummary({ counts, of, missing, view, onChange }: LiveSummaryProps) {
  const shows = { view, onChange };
  return (
    <p className={classes.summary}>
      <strong>
        {of === null
          ? counted(counts.total, "device")
          : `${figure(counts.total)} of ${counted(of, "device")}`}
      </strong>
      {NOW_STATES.filter((state) => counts[state] > 0 || !RARE.includes(state)).map((state) => (
        <Count key={state} count={counts[state]} change={{ state: FILTERS[state] }} {...shows}>
          {STATE_WORDS[state].word.toLowerCase()}
        </Count>
      ))}
      <Count count={counts.alerting} change={{ alerting: true }} {...shows}>
        with open alerts
      </Count>
      {missing > 0 ? <span role="status">Loading {counted(missing, "more device")}…</span> : null}
    </p>
  );
}

type CountProps = Pick<LiveSummaryProps, "view" | "onChange"> & {
  count: number;
  change: Partial<LiveView>;
  children: string;
};

/** A link that narrows the list down to what is counted; the page itself stays. */
function Count({ count, change, view, onChange, children }: CountProps) {
  const pathname = usePathname();
  const query = useSearchParams();
  const text = `${figure(count)} ${children}`;
  if (count === 0) return <span>{text}</span>;
  const narrowed = liveView.write(new URLSearchParams(query), { ...view, ...change });
  return (
    <a
      href={`${pathname}?${narrowed}`}
      onClick={(event) => {
        // Another tab or window is the browser's business.
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        onChange(change);
      }}
    >
      {text}
    </a>
  );
}
