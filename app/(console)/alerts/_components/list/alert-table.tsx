import Link from "next/link";
import { Ago } from "@/app/_live/clock";
import { type Column, RecordTable } from "@/app/_ui/tables/record-table";
import records from "@/app/_ui/tables/records.module.css";
import { ALERT_TYPE_NAMES, SEVERITY_WORDS } from "@/app/_ui/words/alert-words";
import { figure } from "@/app/_ui/words/figures";
import { exactTime } from "@/app/_ui/words/local-time";
import { StateMark } from "@/app/_ui/words/state-mark";
import { alertState } from "@/lib/domain/alerts/alert-state";
import type { AlertRow } from "@/lib/server/alerts/read-alerts";
import { AcknowledgeButton, TakeBackButton } from "../acknowledging/acknowledge-buttons";
import { SelectBox } from "../acknowledging/selection";
import classes from "./alert-table.module.css";

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
  return (
    <RecordTable
      className={`${records.table} ${classes.table}`}
      cards="medium"
      rows={rows}
      keyOf={({ id }) => id}
      marksOf={() => ({ "data-selectable": selectable || undefined })}
      columns={[
        selectable && SELECT,
        alertColumn(around),
        SEVERITY,
        withDevice && deviceColumn(around),
        {
          name: "Raised",
          cell: (row) => {
            const exact = exactTime(row.created_at, timeZoneOf(row, around));
            return (
              <>
                <Ago iso={row.created_at} exact={exact} />
                <span className={records.sub}>{exact}</span>
              </>
            );
          },
        },
        {
          name: "Times",
          cell: ({ occurrences }) => figure(occurrences),
          cellProps: ({ occurrences }) => ({ "data-once": occurrences === 1 || undefined }),
        },
        { name: "State", cell: (row) => <State row={row} timeZone={timeZoneOf(row, around)} /> },
        around.mayAcknowledge && actionColumn(around),
      ]}
    />
  );
}

const titleOf = (row: AlertRow) => `${ALERT_TYPE_NAMES[row.alert_type]} at ${row.device_code}`;

const timeZoneOf = (row: AlertRow, { facilities }: AlertSurroundings) =>
  facilities.get(row.facility_id)?.time_zone ?? "UTC";

const SELECT: Column<AlertRow> = {
  name: "Select",
  label: null,
  className: classes.select,
  cell: (row) =>
    alertState(row) === "open" ? <SelectBox id={row.id} label={titleOf(row)} /> : null,
};

const SEVERITY: Column<AlertRow> = {
  name: "Severity",
  label: null,
  className: classes.severity,
  cell: ({ severity }) => <StateMark {...SEVERITY_WORDS[severity]} />,
};

const alertColumn = ({ query }: AlertSurroundings): Column<AlertRow> => ({
  name: "Alert",
  names: true,
  cell: ({ id, alert_type, message }) => (
    <>
      <Link href={`/alerts/${id}${query}`} prefetch={false}>
        {ALERT_TYPE_NAMES[alert_type]}
      </Link>
      <span className={records.sub}>{message}</span>
    </>
  ),
});

const deviceColumn = ({
  facilities,
  withFacility,
  query,
}: AlertSurroundings): Column<AlertRow> => ({
  name: "Device",
  cell: ({ device_id, device_code, zone_code, facility_id }) => {
    const facility = withFacility ? facilities.get(facility_id) : undefined;
    return (
      <>
        <Link href={`/devices/${device_id}${query}`} prefetch={false}>
          {device_code}
        </Link>
        <span className={records.sub}>
          {zone_code}
          {facility ? ` · ${facility.name}` : ""}
        </span>
      </>
    );
  },
});

const actionColumn = ({ viewer }: AlertSurroundings): Column<AlertRow> => ({
  name: "Action",
  label: null,
  className: classes.action,
  cell: (row) => {
    const state = alertState(row);
    if (state === "open") return <AcknowledgeButton choice={{ ids: [row.id] }} of={titleOf(row)} />;
    const own = state === "acknowledged" && row.acknowledged_by === viewer;
    return own ? <TakeBackButton id={row.id} of={titleOf(row)} /> : null;
  },
});

/** The state of an alert, with who brought it about, when, and what they said. */
export function State({ row, timeZone }: { row: AlertRow; timeZone: string }) {
  const { acknowledged_at, acknowledged_by, acknowledge_comment, resolved_at } = row;
  return (
    <>
      <StateWord row={row} />
      {resolved_at ? (
        <span className={records.sub}>
          <Ago iso={resolved_at} exact={exactTime(resolved_at, timeZone)} />
        </span>
      ) : null}
      {acknowledged_at ? (
        <span className={records.sub}>
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
