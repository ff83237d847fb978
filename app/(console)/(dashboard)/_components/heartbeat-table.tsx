import Link from "next/link";
import { CONNECTION_WORDS } from "@/app/_ui/connection-words";
import { counted, figure } from "@/app/_ui/figures";
import { Icon, type IconName } from "@/app/_ui/icons";
import { Paging, type PagingProps } from "@/app/_ui/paging";
import { Panel } from "@/app/_ui/panel";
import type { DeviceStatus, HealthPart } from "@/lib/domain/health";
import type { DeviceStatusRow } from "@/lib/server/devices/read-device-statuses";
import { HealthScore } from "./health-score";
import { type HeartbeatFilter, HeartbeatFilters } from "./heartbeat-filters";
import { LastSeen } from "./last-seen";
import classes from "./table.module.css";

const STATUSES: Record<DeviceStatus, { icon: IconName; word: string }> = {
  OK: { icon: "ok", word: "OK" },
  WARNING: { icon: "warning", word: "Warning" },
  CRITICAL: { icon: "critical", word: "Critical" },
};

export type HeartbeatRow = DeviceStatusRow & {
  /** `last_seen_at` in the facility's own time, in words. */
  lastSeenExact: string | null;
  /** What its health score is made of. */
  healthParts: HealthPart[];
};

type HeartbeatTableProps = {
  rows: HeartbeatRow[];
  total: number;
  filters: HeartbeatFilter;
  paging: Omit<PagingProps, "label">;
  /** Facilities are named beside the zones, where several are in view. */
  withFacility: boolean;
};

/** Every device with its sign of life, as it is now, whatever the date in view. */
export function HeartbeatTable(props: HeartbeatTableProps) {
  const { rows, total, filters, paging, withFacility } = props;
  const { search, status, connection } = filters;
  const filtered = search !== "" || status !== null || connection !== null;
  return (
    <Panel
      id="heartbeat"
      title="Device heartbeat"
      aside={`Now · ${counted(total, "device")}${filtered ? " match" : ""}`}
    >
      <HeartbeatFilters {...filters} />
      {rows.length === 0 ? (
        <p className={classes.empty} role="status">
          {filtered ? "No device matches this search." : "No devices on this page."}
        </p>
      ) : (
        <table className={`${classes.table} ${classes.stacked}`}>
          <Head />
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

function Head() {
  return (
    <thead>
      <tr>
        {["Device", "Zone", "Status", "Last seen", "State"].map((name) => (
          <th scope="col" key={name}>
            {name}
          </th>
        ))}
        {["Health", "Open alerts"].map((name) => (
          <th scope="col" key={name} className={classes.number}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Row({ row, withFacility }: { row: HeartbeatRow; withFacility: boolean }) {
  const { icon, word } = STATUSES[row.status];
  return (
    <tr>
      <th scope="row">
        <Link href={`/devices/${row.id}`} prefetch={false}>
          {row.code}
        </Link>
      </th>
      <td className={classes.zoneCell}>
        {row.zone_code}
        {withFacility ? <span className={classes.sub}>{row.facility_name}</span> : null}
      </td>
      <td className={classes.statusCell}>
        {row.connection === "never" && row.status === "OK" ? (
          <span className={classes.quiet}>{CONNECTION_WORDS.never}</span>
        ) : (
          <span className={classes.status} data-status={row.status}>
            <Icon name={icon} /> {word}
          </span>
        )}
      </td>
      <td data-label="Last seen">
        {row.last_seen_at && row.lastSeenExact ? (
          <LastSeen iso={row.last_seen_at} exact={row.lastSeenExact} />
        ) : (
          <span className={classes.quiet}>Never</span>
        )}
      </td>
      <td data-label="State">{stateOf(row)}</td>
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

function stateOf({ is_occupied }: HeartbeatRow) {
  if (is_occupied === null) return <span className={classes.quiet}>Unknown</span>;
  return is_occupied ? "Occupied" : "Free";
}
