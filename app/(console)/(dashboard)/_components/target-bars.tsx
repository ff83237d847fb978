import { CodeBlock } from "@/app/_ui/code-block";
import { counted, figure, percent } from "@/app/_ui/figures";
import { Panel } from "@/app/_ui/panel";
import type { DashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import { curlPost } from "./curl";
import { KeyFirst } from "./key-first";
import classes from "./target-bars.module.css";

type Target = DashboardSummary["zone_breakdown"][number];

/** More bars than this are no picture any more; the farthest from their target are shown. */
const MOST_BARS = 50;

type TargetBarsProps = { targets: Target[]; date: string; origin: string; exampleZoneId?: number };

/** Targets of the date against what happened. */
export function TargetBars({ targets, date, origin, exampleZoneId }: TargetBarsProps) {
  if (targets.length === 0) {
    return <NoTargets date={date} origin={origin} exampleZoneId={exampleZoneId} />;
  }
  const shown = [...targets].sort((a, b) => achieved(a) - achieved(b)).slice(0, MOST_BARS);
  const aside =
    shown.length < targets.length
      ? `The ${MOST_BARS} farthest from their target, of ${figure(targets.length)}`
      : counted(targets.length, "target");
  return (
    <Panel id="targets" title="Targets against actual" aside={aside}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus */}
      <ul className={classes.bars} tabIndex={0} aria-label="Targets against actual events">
        {shown.map((target, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: zones of two facilities may share a code
          <TargetBar key={`${nameOf(target)} ${at}`} target={target} />
        ))}
      </ul>
    </Panel>
  );
}

function TargetBar({ target }: { target: Target }) {
  const { actual, efficiency_pct: efficiency } = target;
  const widest = Math.max(actual, target.target, 1);
  const width = (value: number) => `${(value / widest) * 100}%`;
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <span className={classes.name}>{nameOf(target)}</span>
        <span>
          <strong>{figure(actual)}</strong> of {figure(target.target)} events ·{" "}
          {percent(efficiency)}
        </span>
      </div>
      <div className={classes.track} aria-hidden="true">
        <span className={classes.actual} style={{ width: width(actual) }} />
        <span className={classes.goal} style={{ left: width(target.target) }} />
      </div>
    </li>
  );
}

const nameOf = (target: Target) =>
  target.device_code === undefined ? `Zone ${target.zone_code}` : `Device ${target.device_code}`;

const achieved = ({ actual, target }: Target) =>
  target === 0 ? Number.POSITIVE_INFINITY : actual / target;

function NoTargets({ date, origin, exampleZoneId = 1 }: Omit<TargetBarsProps, "targets">) {
  const target = { zone_id: exampleZoneId, date, target_value: 200 };
  return (
    <Panel id="targets" title="Targets against actual">
      <div className={classes.none}>
        <p>
          No target is set for this date. Say how many events you expect of a zone or a device, and
          the bars here show how far the day got.
        </p>
        <KeyFirst scopes={["manage"]} />
        <CodeBlock label="Set a target">{curlPost(origin, "/api/targets", target)}</CodeBlock>
      </div>
    </Panel>
  );
}
