"use client";

import { useDeferredValue, useMemo, useState } from "react";
import type { LiveZone } from "../load";
import { isFiltered, type LiveView, UNFILTERED } from "../view";
import classes from "./live.module.css";
import { LiveFilters } from "./live-filters";
import { countsByZone, countsOf, type LiveRow, passes } from "./live-row";
import { LiveSummary } from "./live-summary";
import { LiveTable, SORT_VALUES } from "./live-table";
import { BayMap } from "./map/bay-map";
import { useDayStarts } from "./use-day-starts";
import {
  type FirstDevices,
  LiveStoreProvider,
  useLiveDevices,
  useLiveRows,
} from "./use-live-devices";
import { useLiveView } from "./use-live-view";

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
      <Board
        {...shown}
        readAt={first.readAt}
        missing={complete ? 0 : first.total - first.devices.length}
      />
    </LiveStoreProvider>
  );
}

type BoardProps = Pick<LiveBoardProps, "zones" | "several" | "timeZones"> & {
  readAt: number;
  missing: number;
};

function Board({ zones, several, timeZones, readAt, missing }: BoardProps) {
  const [view, change] = useLiveView();
  const rows = useLiveRows();
  // Typing goes first: ten thousand rows are filtered when there is time for it.
  const wanted = useDeferredValue(view);
  const dayStarts = useDayStarts(timeZones, readAt);
  const shown = useMemo(
    () => rows.filter((row) => passes(row, wanted, dayStarts)),
    [rows, wanted, dayStarts],
  );
  const list = useSteadyList(shown, wanted);
  const filtered = isFiltered(view);
  return (
    <>
      <LiveFilters view={view} onChange={change} zones={zones} several={several} />
      <LiveSummary
        counts={countsOf(shown)}
        of={filtered ? rows.length : null}
        missing={missing}
        view={view}
        onChange={change}
      />
      {shown.length === 0 && missing === 0 ? (
        <p className={classes.empty} role="status">
          {filtered ? "No device matches these filters." : "No devices yet."}{" "}
          {filtered ? (
            <button type="button" className={classes.retry} onClick={() => change(UNFILTERED)}>
              Show all
            </button>
          ) : (
            "Add devices under Facilities, or import a CSV file."
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
