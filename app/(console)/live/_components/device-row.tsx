"use client";

import Link from "next/link";
import { memo } from "react";
import { Ago, useClock } from "@/app/_live/clock";
import { withQuery } from "@/app/_ui/addresses/query";
import { Icon } from "@/app/_ui/icons";
import { KeptEnd } from "@/app/_ui/tables/kept-end";
import { STATE_WORDS, STATUS_WORDS } from "@/app/_ui/words/device-words";
import { figure } from "@/app/_ui/words/figures";
import { exactIn, timeIn } from "@/app/_ui/words/local-time";
import type { ColumnId } from "../view";
import classes from "./live.module.css";
import type { LiveRow } from "./live-row";
import { measured } from "./measured";
import { useLiveRow } from "./use-live-devices";

type DeviceRowProps = {
  id: number;
  /** Its place in the list, from 0. */
  index: number;
  shown: ColumnId[];
  several: boolean;
  timeZones: Record<number, string>;
};

/** A device as it is now. */
export const DeviceRow = memo(function DeviceRow(props: DeviceRowProps) {
  const { id, index, shown, several, timeZones } = props;
  const row = useLiveRow(id);
  if (!row) return null;
  const timeZone = timeZones[row.facility_id] ?? "UTC";
  return (
    <tr aria-rowindex={index + 2} data-status={row.status}>
      {shown.map((column) =>
        column === "device" ? (
          <th key={column} scope="row" data-column={column}>
            <div className={classes.line}>
              <Link
                href={`/devices/${row.id}`}
                prefetch={false}
                className={classes.device}
                aria-label={row.code}
              >
                <KeptEnd text={row.code} />
              </Link>
              {row.name && row.name !== row.code ? (
                <span className={classes.name}>
                  <KeptEnd text={row.name} />
                </span>
              ) : null}
            </div>
          </th>
        ) : (
          <td
            key={column}
            className={NUMBERS.includes(column) ? classes.number : undefined}
            data-column={column}
          >
            <Cell {...{ row, column, several, timeZone }} />
          </td>
        ),
      )}
    </tr>
  );
});

/** Columns of figures: their ends are aligned. */
export const NUMBERS: ColumnId[] = ["voltage", "current", "power", "health"];

type CellProps = { row: LiveRow; column: ColumnId; several: boolean; timeZone: string };

function Cell({ row, column, several, timeZone }: CellProps) {
  switch (column) {
    case "zone":
      return (
        <>
          {row.zone_code}
          {several ? <span className={classes.quiet}> {row.facility_name}</span> : null}
        </>
      );
    case "state":
      return (
        <span className={classes.state} data-state={row.state}>
          <Icon name={STATE_WORDS[row.state].icon} size={14} /> {STATE_WORDS[row.state].word}
        </span>
      );
    case "since":
      return row.stateSince === null ? (
        <Nothing />
      ) : (
        <Since at={row.stateSince} timeZone={timeZone} />
      );
    case "voltage":
      return measured(row.voltage, "V");
    case "current":
      return measured(row.current, "A");
    case "power":
      return measured(row.powerW, "W", 0);
    case "seen":
      return row.lastSeenAt === null ? (
        <Nothing>Never</Nothing>
      ) : (
        <Ago
          iso={new Date(row.lastSeenAt).toISOString()}
          exact={exactIn(row.lastSeenAt, timeZone)}
        />
      );
    case "health":
      return figure(row.healthScore);
    case "alerts":
      return <Alerts row={row} />;
    default:
      return null;
  }
}

const Nothing = ({ children = "—" }: { children?: string }) => (
  <span className={classes.quiet}>{children}</span>
);

function Since({ at, timeZone }: { at: number; timeZone: string }) {
  const now = useClock();
  return (
    <time dateTime={new Date(at).toISOString()} title={exactIn(at, timeZone)}>
      {timeIn(at, timeZone, now)}
    </time>
  );
}

function Alerts({ row: { open_alerts, status, code } }: { row: LiveRow }) {
  if (open_alerts === 0 && status === "OK") return <Nothing />;
  const { word, icon } = STATUS_WORDS[status];
  return (
    <Link
      href={withQuery("/alerts", { device: code })}
      prefetch={false}
      className={classes.alerts}
      data-status={status}
    >
      <Icon name={icon} size={14} /> {word}
      {open_alerts > 1 ? ` · ${figure(open_alerts)}` : ""}
    </Link>
  );
}
