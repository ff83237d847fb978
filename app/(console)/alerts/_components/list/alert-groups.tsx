import { Ago } from "@/app/_live/clock";
import { ALERT_TYPE_NAMES, SEVERITY_WORDS } from "@/app/_ui/words/alert-words";
import { counted, figure } from "@/app/_ui/words/figures";
import { exactTime } from "@/app/_ui/words/local-time";
import { StateMark } from "@/app/_ui/words/state-mark";
import type { AlertGrouping } from "@/lib/domain/alerts/alerting";
import type { AlertGroup } from "@/lib/server/alerts/read-alert-groups";
import type { ShownGroup } from "../../(list)/load";
import { AcknowledgeButton } from "../acknowledging/acknowledge-buttons";
import classes from "./alert-groups.module.css";
import { type AlertSurroundings, AlertTable } from "./alert-table";
import { GroupToggle, ShowGroup } from "./group-toggle";

type AlertGroupsProps = AlertSurroundings & {
  by: AlertGrouping;
  groups: ShownGroup[];
  opened: string[];
  /** The filters, as the API takes them. */
  matching: Record<string, string>;
  readAt: string;
  selectable: boolean;
  /** Whether alerts of other states are in view too. */
  withOthers: boolean;
};

/** Alerts by what they have in common, the worst first; a group opens to its newest alerts. */
export function AlertGroups({ groups, ...props }: AlertGroupsProps) {
  return (
    <ul className={classes.groups}>
      {groups.map((group) => (
        <Group key={group.key} group={group} {...props} />
      ))}
    </ul>
  );
}

type GroupProps = Omit<AlertGroupsProps, "groups"> & { group: ShownGroup };

function Group({ group, by, opened, matching, readAt, ...props }: GroupProps) {
  const { selectable, withOthers, ...around } = props;
  const { key, worst, alerts, open, newest_at } = group;
  const facility = group.facility_id === null ? null : around.facilities.get(group.facility_id);
  const name = nameOf(by, group);
  const place = [by === "device" ? group.zone_code : null, around.withFacility && facility?.name];
  const part = { [by]: key };
  return (
    <li className={classes.group}>
      <div className={classes.head}>
        <h3 className={classes.name}>
          <GroupToggle groupKey={key} opened={opened}>
            <span>
              {name} <span className={classes.sub}>{place.filter(Boolean).join(" · ")}</span>
            </span>
          </GroupToggle>
        </h3>
        <span className={classes.worst}>
          <StateMark {...SEVERITY_WORDS[worst]} />
        </span>
        <span className={classes.count}>
          <strong>{counted(alerts, "alert")}</strong>
          {withOthers ? `, ${open === 0 ? "none" : figure(open)} open` : ""}
        </span>
        <span className={classes.newest}>
          Newest <Ago iso={newest_at} exact={exactTime(newest_at, facility?.time_zone ?? "UTC")} />
        </span>
        <span className={classes.action}>
          {open > 0 ? (
            <AcknowledgeButton
              choice={{
                matching: { ...matching, ...part, state: "open" },
                ...{ as_of: readAt, count: open },
              }}
              action={`Acknowledge ${figure(open)}`}
              of={name}
            />
          ) : null}
        </span>
      </div>
      {group.opened ? (
        <div className={classes.opened}>
          <AlertTable rows={group.opened} selectable={selectable} {...around} />
          {alerts > group.opened.length ? (
            <p className={classes.more}>
              The newest {figure(group.opened.length)} of {figure(alerts)}.{" "}
              <ShowGroup changes={part}>Show all {figure(alerts)}</ShowGroup>
            </p>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}

function nameOf(by: AlertGrouping, group: AlertGroup): string {
  if (by === "device") return group.device_code ?? "";
  if (by === "zone") return `Zone ${group.zone_code ?? ""}`;
  return group.alert_type ? ALERT_TYPE_NAMES[group.alert_type] : "";
}
