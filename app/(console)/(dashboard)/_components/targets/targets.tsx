import { Panel } from "@/app/_ui/panel";
import { Definition } from "@/app/_ui/tables/definition";
import { counted, figure } from "@/app/_ui/words/figures";
import type { DashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import type { ExpectedByNow } from "@/lib/server/dashboard/read-expected-by-now";
import { AddTarget } from "./add-target";
import { EXPECTED_MEANS } from "./expected-means";
import { TargetList } from "./target-list";
import classes from "./targets.module.css";

type Target = DashboardSummary["zone_breakdown"][number];

/** More bars than this are no picture any more; the farthest from their target are shown. */
const MOST_BARS = 50;

type TargetsProps = {
  targets: Target[];
  /** What is expected by now, of a date that is not over. */
  expected: ExpectedByNow | null;
  /** Zones in view, which can be given a target. */
  zones: DashboardSummary["zones"];
  /** Names by id, where zones of several facilities are in view. */
  facilityNames: Map<number, string> | null;
  date: string;
  mayWrite: boolean;
};

/** Targets of the date against what happened, and where they are set. */
export function Targets({ targets, expected, zones, facilityNames, date, mayWrite }: TargetsProps) {
  const shareOf = ({ target_id }: Target) => expected?.shares[target_id] ?? null;
  const achieved = (target: Target) => achievedShare(target, shareOf(target) ?? 1);
  const shown = [...targets].sort((a, b) => achieved(a) - achieved(b)).slice(0, MOST_BARS);
  const nameOf = (zone: { zone_code: string; facility_id: number }) =>
    facilityNames ? `${zone.zone_code}, ${facilityNames.get(zone.facility_id)}` : zone.zone_code;
  const inView = new Map(zones.map((zone) => [zone.zone_id, zone]));
  const aside =
    shown.length < targets.length
      ? `The ${MOST_BARS} farthest from their target, of ${figure(targets.length)}`
      : counted(targets.length, "target");
  const given = new Set(targets.map((target) => ("zone_id" in target ? target.zone_id : null)));
  return (
    <Panel id="targets" title="Actual vs target" aside={targets.length > 0 ? aside : null}>
      {expected && targets.length > 0 ? (
        <div className={classes.meaning}>
          Expected by now <Definition term="Expected by now">{EXPECTED_MEANS}</Definition>
        </div>
      ) : null}
      {targets.length === 0 ? (
        <p className={classes.none}>
          No targets for this date. Set how many events you expect from a zone or a device to see
          the progress here.
          {mayWrite ? null : " Operators, managers and administrators can set targets."}
        </p>
      ) : (
        <TargetList
          date={date}
          mayWrite={mayWrite}
          targets={shown.map((target) => {
            const { target_id: id, actual, target: value } = target;
            const due = shareOf(target);
            if (!("zone_id" in target)) {
              const owner = { device_id: target.device_id };
              return { id, actual, value, due, owner, name: `Device ${target.device_code}` };
            }
            const zone = inView.get(target.zone_id);
            const name = `Zone ${zone ? nameOf(zone) : target.zone_code}`;
            return { id, actual, value, due, owner: { zone_id: target.zone_id }, name };
          })}
        />
      )}
      {mayWrite ? (
        <AddTarget
          key={date}
          date={date}
          zones={zones
            .filter((zone) => !given.has(zone.zone_id))
            .map((zone) => ({ id: zone.zone_id, name: nameOf(zone) }))}
        />
      ) : null}
    </Panel>
  );
}

/** Of what is expected by now, so that a day that begins late is not taken for one that lags. */
const achievedShare = ({ actual, target }: Target, due: number) =>
  target * due === 0 ? Number.POSITIVE_INFINITY : actual / (target * due);
