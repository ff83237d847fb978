"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { counted, figure } from "@/app/_ui/figures";
import { BayMap } from "./bay-map";
import classes from "./live.module.css";
import { LiveFilters } from "./live-filters";
import { type Counts, countsByZone, countsOf, type LiveRow, passes } from "./live-row";
import { LiveTable, SORT_VALUES } from "./live-table";
import type { LiveView } from "./live-view";
import {
  type FirstDevices,
  LiveStoreProvider,
  useLiveDevices,
  useLiveRows,
} from "./use-live-devices";
import { useLiveView } from "./use-live-view";

export type LiveZone = { id: number; code: string; name: string; facilityName: string };

type LiveBoardProps = {
  facility: string | null;
  first: FirstDevices;
  zones: LiveZone[];
  /** Facilities are named beside zones, where several are in view. */
  several: boolean;
  /** In which the page tells times, by facility. */
  timeZones: Record<number, string>;
};

/** The devices in view as a table or as a map of bays, kept as they are now. */
export function LiveBoard({ facility, first, ...shown }: LiveBoardProps) {
  const { store, complete, fault, retry } = useLiveDevices(facility, first);
  return (
    <LiveStoreProvider value={store}>
      {fault === null ? null : (
        <div role="alert" className={classes.fault}>
          Not all devices could be read: {fault}{" "}
          <button type="button" className={classes.retry} onClick={retry}>
            Try again
          </button>
        </div>
      )}
      <Board {...shown} missing={complete ? 0 : first.total - first.devices.length} />
    </LiveStoreProvider>
  );
}

type BoardProps = Pick<LiveBoardProps, "zones" | "several" | "timeZones"> & { missing: number };

function Board({ zones, several, timeZones, missing }: BoardProps) {
  const [view, change] = useLiveView();
  const rows = useLiveRows();
  // Typing goes first: ten thousand rows are filtered when there is time for it.
  const wanted = useDeferredValue(view);
  const shown = useMemo(() => rows.filter((row) => passes(row, wanted)), [rows, wanted]);
  const list = useSteadyList(shown, wanted);
  const filtered = isFiltered(view);
  return (
    <>
      <LiveFilters view={view} onChange={change} zones={zones} several={several} />
      <Summary counts={countsOf(shown)} of={filtered ? rows.length : null} missing={missing} />
      {shown.length === 0 && missing === 0 ? (
        <p className={classes.empty} role="status">
          {filtered ? "No device passes these filters." : "No devices yet."}{" "}
          {filtered ? (
            <button type="button" className={classes.retry} onClick={() => change(CLEARED)}>
              Show all
            </button>
          ) : (
            "Add some under Estate, or import a list."
          )}
        </p>
      ) : view.kind === "table" ? (
        <LiveTable {...{ rows: list, view, several, timeZones }} onChange={change} />
      ) : (
        <BayMap {...{ rows: list, zones, several, timeZones }} counts={countsByZone(shown)} />
      )}
    </>
  );
}

/** The list as it was while neither its devices nor what it is sorted by have changed. */
function useSteadyList(rows: LiveRow[], { kind, sort }: LiveView): LiveRow[] {
  const [steady, setSteady] = useState(rows);
  const value = SORT_VALUES[kind === "table" && sort ? sort.column : "device"];
  const same =
    rows.length === steady.length &&
    rows.every((row, i) => row.id === steady[i]!.id && value(row) === value(steady[i]!));
  if (!same) setSteady(rows);
  return same ? steady : rows;
}

const CLEARED: Partial<LiveView> = {
  ...{ search: "", zone: null, state: null, status: null, connection: null, alerting: false },
};

const isFiltered = ({ search, zone, state, status, connection, alerting }: LiveView) =>
  search !== "" || [zone, state, status, connection].some((filter) => filter !== null) || alerting;

type SummaryProps = { counts: Counts; of: number | null; missing: number };

/** What is in view, in figures. */
function Summary({ counts, of, missing }: SummaryProps) {
  return (
    <p className={classes.summary}>
      <strong>
        {of === null
          ? counted(counts.total, "device")
          : `${figure(counts.total)} of ${counted(of, "device")}`}
      </strong>
      <span>{figure(counts.occupied)} occupied</span>
      <span>{figure(counts.free)} free</span>
      <span>{figure(counts.offline)} offline</span>
      {counts.never > 0 ? <span>{figure(counts.never)} never connected</span> : null}
      {counts.unknown > 0 ? <span>{figure(counts.unknown)} unknown</span> : null}
      <span>{figure(counts.alerting)} with open alerts</span>
      {missing > 0 ? <span role="status">Reading {counted(missing, "more device")}…</span> : null}
    </p>
  );
}
