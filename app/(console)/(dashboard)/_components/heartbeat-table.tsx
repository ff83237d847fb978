import Link from "next/link";
import { Ago } from "@/app/_live/clock";
import { STATE_WORDS, STATUS_WORDS } from "@/app/_ui/device-words";
import { counted, figure } from "@/app/_ui/figures";
import { Paging, type PagingProps } from "@/app/_ui/paging";
import { Panel } from "@/app/_ui/panel";
import { StateMark } from "@/app/_ui/state-mark";
import type { HealthPart, HeartbeatSort } from "@/lib/domain/health";
import type { NowState } from "@/lib/domain/live";
import type { DeviceStatusRow } from "@/lib/server/devices/read-device-statuses";
import { HealthScore } from "./health-score";
import { type HeartbeatFilter, HeartbeatFilters } from "./heartbeat-filters";
import { HeartbeatHead } from "./heartbeat-head";
import classes from "./table.module.css";

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
        <p className={classes.empty} role="status">
          {filtered ? "No device matches these filters." : "No devices on this page."}
        </p>
      ) : (
        <table className={`${classes.table} ${classes.stacked}`}>
          <HeartbeatHead sort={sort} />
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} withFacility={withFacility} />
            ))}
          </tbody>
        </table>
      )}
      <Paging label="Pages of devices" {...paging} />
    </Panel>
  );
}

function Row({ row, withFacility }: { row: HeartbeatRow; withFacility: boolean }) {
  return (
    <tr>
      <th scope="row" className={classes.code} title={row.code}>
        <Link href={`/devices/${row.id}`} prefetch={false}>
          {row.code}
        </Link>
      </th>
      <td className={classes.zoneCell}>
        {row.zone_code}
        {withFacility ? <span className={classes.quiet}> · {row.facility_name}</span> : null}
      </td>
      <td className={classes.statusCell}>
        {row.state === "never" && row.status === "OK" ? (
          <span className={classes.quiet}>—</span>
        ) : (
          <StateMark {...STATUS_WORDS[row.status]} />
        )}
      </td>
      <td data-label="Last seen">
        {row.last_seen_at && row.lastSeenExact ? (
          <Ago iso={row.last_seen_at} exact={row.lastSeenExact} />
        ) : (
          <span className={classes.quiet}>Never</span>
        )}
      </td>
      <td data-label="State">
        <StateMark {...STATE_WORDS[row.state]} />
        {row.offlineSince ? <span className={classes.quiet}> since {row.offlineSince}</span> : null}
      </td>
      <td data-label="Health" className={classes.number}>
        <HealthScore code={row.code} score={row.health_score} parts={row.healthParts} />
      </td>
      <td data-label="Alerts" className={classes.number}>
        {row.open_alerts === 0 ? (
          "0"
        ) : (
          <Link
            href={`/alerts?device=${encodeURIComponent(row.code)}`}
            prefetch={false}
            aria-label={`${counted(row.open_alerts, "open alert")} of ${row.code}`}
          >
            {figure(row.open_alerts)}
          </Link>
        )}
      </td>
    </tr>
  );
}
