import Link from "next/link";
import { Ago } from "@/app/_live/clock";
import { ALERT_TYPE_NAMES, SEVERITY_WORDS } from "@/app/_ui/alert-words";
import { ColumnHeads } from "@/app/_ui/column-heads";
import { figure } from "@/app/_ui/figures";
import { exactTime } from "@/app/_ui/local-time";
import { StateMark } from "@/app/_ui/state-mark";
import { alertState } from "@/lib/domain/alert-state";
import type { AlertRow } from "@/lib/server/alerts/read-alerts";
import { AcknowledgeButton, TakeBackButton } from "./acknowledge-buttons";
import classes from "./alert-table.module.css";
import { SelectBox } from "./selection";

/** What a table of alerts knows beside them. */
export type AlertSurroundings = {
  /** By id. */
  facilities: ReadonlyMap<number, { name: string; time_zone: string }>;
  /** Where several are in view, each alert says which is its own. */
  withFacility: boolean;
  /** Who looks: what they acknowledged they can take back. */
  viewer: string;
  mayAcknowledge: boolean;
  /** The facility in the address, which links keep; "" for none. */
  query: string;
};

type AlertTableProps = AlertSurroundings & {
  rows: AlertRow[];
  selectable: boolean;
  /** Where all are of one device, it is not named again. */
  withDevice?: boolean;
};

/** Alerts with what can be done to each; on narrow screens each is a card. */
export function AlertTable({ rows, selectable, withDevice = true, ...around }: AlertTableProps) {
  const names = [
    ...(selectable ? ["Select"] : []),
    ...["Alert", "Severity", ...(withDevice ? ["Device"] : []), "Raised", "Times", "State"],
    ...(around.mayAcknowledge ? ["Action"] : []),
  ];
  return (
    <table className={classes.table} data-selectable={selectable || undefined}>
      <ColumnHeads names={names} />
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} selectable={selectable} withDevice={withDevice} {...around} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = Omit<AlertTableProps, "rows"> & { row: AlertRow };

function Row({ row, selectable, withDevice, ...around }: RowProps) {
  const { facilities, withFacility, query, viewer, mayAcknowledge } = around;
  const facility = facilities.get(row.facility_id);
  const exact = exactTime(row.created_at, facility?.time_zone ?? "UTC");
  const name = `${ALERT_TYPE_NAMES[row.alert_type]} at ${row.device_code}`;
  const state = alertState(row);
  return (
    <tr>
      {selectable ? (
        <td className={classes.select}>
          {state === "open" ? <SelectBox id={row.id} label={name} /> : null}
        </td>
      ) : null}
      <th scope="row">
        <Link href={`/alerts/${row.id}${query}`} prefetch={false}>
          {ALERT_TYPE_NAMES[row.alert_type]}
        </Link>
        <span className={classes.sub}>{row.message}</span>
      </th>
      <td className={classes.severity}>
        <StateMark {...SEVERITY_WORDS[row.severity]} />
      </td>
      {withDevice ? (
        <td data-label="Device">
          <Link href={`/devices/${row.device_id}${query}`} prefetch={false}>
            {row.device_code}
          </Link>
          <span className={classes.sub}>
            {row.zone_code}
            {withFacility && facility ? ` · ${facility.name}` : ""}
          </span>
        </td>
      ) : null}
      <td data-label="Raised">
        <Ago iso={row.created_at} exact={exact} />
        <span className={classes.sub}>{exact}</span>
      </td>
      <td data-label="Times" data-once={row.occurrences === 1 || undefined}>
        {figure(row.occurrences)}
      </td>
      <td data-label="State">
        <State row={row} timeZone={facility?.time_zone ?? "UTC"} />
      </td>
      {mayAcknowledge ? (
        <td className={classes.action}>
          {state === "open" ? <AcknowledgeButton choice={{ ids: [row.id] }} of={name} /> : null}
          {state === "acknowledged" && row.acknowledged_by === viewer ? (
            <TakeBackButton id={row.id} of={name} />
          ) : null}
        </td>
      ) : null}
    </tr>
  );
}

/** The state of an alert, with who brought it about, when, and what they said. */
export function State({ row, timeZone }: { row: AlertRow; timeZone: string }) {
  const { acknowledged_at, acknowledged_by, acknowledge_comment, resolved_at } = row;
  return (
    <>
      <StateWord row={row} />
      {resolved_at ? (
        <span className={classes.sub}>
          <Ago iso={resolved_at} exact={exactTime(resolved_at, timeZone)} />
        </span>
      ) : null}
      {acknowledged_at ? (
        <span className={classes.sub}>
          {resolved_at ? "Acknowledged by" : "by"} {acknowledged_by},{" "}
          <Ago iso={acknowledged_at} exact={exactTime(acknowledged_at, timeZone)} />
        </span>
      ) : null}
      {acknowledge_comment ? (
        <span className={classes.comment} title={acknowledge_comment}>
          “{acknowledge_comment}”
        </span>
      ) : null}
    </>
  );
}

export function StateWord({ row }: { row: Pick<AlertRow, "acknowledged_at" | "resolved_at"> }) {
  switch (alertState(row)) {
    case "open":
      return (
        <StateMark tone="critical" icon="bell">
          Open
        </StateMark>
      );
    case "acknowledged":
      return (
        <StateMark tone="quiet" icon="user">
          Acknowledged
        </StateMark>
      );
    case "resolved":
      return (
        <StateMark tone="good" icon="ok">
          Resolved
        </StateMark>
      );
  }
}
