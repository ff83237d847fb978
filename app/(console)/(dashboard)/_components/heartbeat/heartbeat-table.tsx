import Link from "next/link";
import { Ago } from "@/app/_live/clock";
import { Panel } from "@/app/_ui/panel";
import { Paging, type PagingProps } from "@/app/_ui/tables/paging";
import { type Column, RecordTable } from "@/app/_ui/tables/record-table";
import records from "@/app/_ui/tables/records.module.css";
import { STATE_WORDS, STATUS_WORDS } from "@/app/_ui/words/device-words";
import { counted, figure } from "@/app/_ui/words/figures";
import { StateMark } from "@/app/_ui/words/state-mark";
import type { HealthPart, HeartbeatSort } from "@/lib/domain/devices/health";
import type { NowState } from "@/lib/domain/devices/live";
import type { DeviceStatusRow } from "@/lib/server/devices/read-device-statuses";
import classes from "../table.module.css";
import { HealthScore } from "./health-score";
import { type HeartbeatFilter, HeartbeatFilters } from "./heartbeat-filters";
import { headOf } from "./heartbeat-head";

export type HeartbeatRow = DeviceStatusRow & {
  /** Since when it is offline, in the facility's own time, in words. */
  offlineSince: string | null;
  /** `last_seen_at` in the facility's own time, in words. */
  lastSeenExact: string | null;
  /** What is known of its bay. */
  state: NowState;
  /** What its health score consists of. */
  healthParts: HealthPart[];
};

type HeartbeatTableProps = {
  rows: HeartbeatRow[];
  total: number;
  filters: HeartbeatFilter;
  sort: HeartbeatSort;
  paging: Omit<PagingProps, "label">;
  /** Facilities are named beside the zones, where several are in view. */
  withFacility: boolean;
};

/** Every device with its sign of life, as it is now, whatever the date in view. */
export function HeartbeatTable(props: HeartbeatTableProps) {
  const { rows, total, filters, sort, paging, withFacility } = props;
  const { search, status, state } = filters;
  const filtered = search !== "" || status !== null || state !== null;
  return (
    <Panel
      id="heartbeat"
      title="Device heartbeat"
      aside={`Now · ${counted(total, "device")}${filtered ? " match" : ""}`}
    >
      <HeartbeatFilters {...filters} />
      {rows.length === 0 ? (
        <p className={records.empty} role="status">
          {filtered ? "No device matches these filters." : "No devices on this page."}
        </p>
      ) : (
        <RecordTable
          className={`${records.table} ${classes.table} ${classes.stacked}`}
          cards="own"
          sticky
          rows={rows}
          keyOf={({ id }) => id}
          columns={[...namesOf(sort, withFacility), ...statesOf(sort)]}
        />
      )}
      <Paging label="Pages of devices" {...paging} />
    </Panel>
  );
}

const quiet = (text: string) => <span className={records.quiet}>{text}</span>;

const namesOf = (sort: HeartbeatSort, withFacility: boolean): Column<HeartbeatRow>[] => [
  {
    ...headOf("device", sort),
    names: true,
    cellProps: ({ code }) => ({ title: code }),
    cell: ({ id, code }) => (
      <Link href={`/devices/${id}`} prefetch={false}>
        {code}
      </Link>
    ),
  },
  {
    ...headOf("zone", sort),
    label: null,
    className: classes.zone,
    cell: ({ zone_code, facility_name }) => (
      <>
        {zone_code}
        {withFacility ? quiet(` · ${facility_name}`) : null}
      </>
    ),
  },
];

const statesOf = (sort: HeartbeatSort): Column<HeartbeatRow>[] => [
  {
    ...headOf("status", sort),
    label: null,
    className: classes.status,
    cell: (row) =>
      row.state === "never" && row.status === "OK" ? (
        quiet("—")
      ) : (
        <StateMark {...STATUS_WORDS[row.status]} />
      ),
  },
  {
    ...headOf("seen", sort),
    className: classes.seen,
    cell: ({ last_seen_at: iso, lastSeenExact: exact }) =>
      iso && exact ? <Ago iso={iso} exact={exact} /> : quiet("Never"),
  },
  {
    ...headOf("state", sort),
    className: classes.state,
    cell: ({ state, offlineSince }) => (
      <>
        <StateMark {...STATE_WORDS[state]} />
        {offlineSince ? quiet(` since ${offlineSince}`) : null}
      </>
    ),
  },
  {
    ...headOf("health", sort),
    numeric: true,
    className: classes.health,
    cell: (row) => <HealthScore code={row.code} score={row.health_score} parts={row.healthParts} />,
  },
  {
    ...headOf("alerts", sort),
    label: "Alerts",
    numeric: true,
    className: classes.alerts,
    cell: (row) => <OpenAlerts row={row} />,
  },
];

function OpenAlerts({ row: { code, open_alerts } }: { row: HeartbeatRow }) {
  if (open_alerts === 0) return "0";
  return (
    <Link
      href={`/alerts?device=${encodeURIComponent(code)}`}
      prefetch={false}
      aria-label={`${counted(open_alerts, "open alert")} of ${code}`}
    >
      {figure(open_alerts)}
    </Link>
  );
}
