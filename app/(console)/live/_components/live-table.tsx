"use client";

import { useMediaQuery } from "@mantine/hooks";
import {
  columnVisibilityFeature,
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  sortFn_basic,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import { Icon } from "@/app/_ui/icons";
import { PHONE } from "@/app/_ui/phone";
import { STATE_WORDS } from "@/app/_ui/words/device-words";
import { DEVICE_STATUSES } from "@/lib/domain/devices/health";
import { COLUMNS, type ColumnId, type LiveView } from "../view";
import { COLUMN_NAMES, columnWidth } from "./column-names";
import { DeviceRow, NUMBERS } from "./device-row";
import classes from "./live.module.css";
import type { LiveRow } from "./live-row";

const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic },
});
const helper = createColumnHelper<typeof features, LiveRow>();
/** By what each column is sorted; null goes last. */
export const SORT_VALUES: Record<ColumnId, (row: LiveRow) => number | string | null> = {
  device: ({ sortKey }) => sortKey,
  zone: ({ zone_code }) => zone_code,
  state: ({ state }) => STATE_WORDS[state].word,
  since: ({ stateSince }) => stateSince,
  voltage: ({ voltage }) => voltage,
  current: ({ current }) => current,
  power: ({ powerW }) => powerW,
  seen: ({ lastSeenAt }) => lastSeenAt,
  health: ({ healthScore }) => healthScore,
  // The worst status first where the number is the same.
  alerts: ({ open_alerts, status }) => open_alerts * 10 + DEVICE_STATUSES.indexOf(status),
};
const columns = helper.columns(
  COLUMNS.map((id) =>
    helper.accessor((row) => SORT_VALUES[id](row) ?? undefined, {
      ...{ id, sortFn: "basic", sortUndefined: "last", sortDescFirst: false },
    }),
  ),
);

const ROW_HEIGHT = 40;
/** On a phone each row is a card (live.module.css). */
const CARD_HEIGHT = 100;

type LiveTableProps = {
  rows: LiveRow[];
  view: LiveView;
  onChange: (change: Partial<LiveView>) => void;
  several: boolean;
  timeZones: Record<number, string>;
};

/** The devices in view, one row each; those in sight alone are drawn. */
export function LiveTable({ rows, view, onChange, several, timeZones }: LiveTableProps) {
  const { column = "device", descending = false } = view.sort ?? {};
  // The list comes in the order of codes.
  const sorting: SortingState = useMemo(
    () => (column === "device" && !descending ? [] : [{ id: column, desc: descending }]),
    [column, descending],
  );
  const columnVisibility = useMemo(
    () => Object.fromEntries(view.hidden.map((id) => [id, false])),
    [view.hidden],
  );
  const table = useTable({
    ...{ features, columns, data: rows },
    state: { sorting, columnVisibility },
    getRowId: (row) => String(row.id),
  });
  const sorted = table.getRowModel().rows;
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useMediaQuery(PHONE) ? CARD_HEIGHT : ROW_HEIGHT;
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => sorted[index]?.id ?? index,
    overscan: 10,
    initialRect: { width: 0, height: 640 },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights that were kept are of the other layout
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const shown = COLUMNS.filter((id) => !view.hidden.includes(id));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the keys
    <section ref={scroller} className={classes.scroller} aria-label="Devices" tabIndex={0}>
      <table className={classes.table} aria-rowcount={sorted.length + 1}>
        <colgroup>
          {shown.map((id) => (
            <col key={id} style={{ width: columnWidth(id, several) }} />
          ))}
        </colgroup>
        <Head shown={shown} column={column} descending={descending} onChange={onChange} />
        <tbody>
          <Space height={above} columns={shown.length} />
          {items.map(({ key, index }) => (
            <DeviceRow
              key={key}
              id={sorted[index]!.original.id}
              index={index}
              {...{ shown, several, timeZones }}
            />
          ))}
          <Space height={below} columns={shown.length} />
        </tbody>
      </table>
    </section>
  );
}

/** Stands for the rows out of sight. */
function Space({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row takes no focus
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

type HeadProps = {
  shown: ColumnId[];
  /** By which column, and which way, the rows are sorted. */
  column: ColumnId;
  descending: boolean;
  onChange: LiveTableProps["onChange"];
};

function Head({ shown, column, descending, onChange }: HeadProps) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {shown.map((id) => (
          <th
            key={id}
            scope="col"
            className={NUMBERS.includes(id) ? classes.number : undefined}
            aria-sort={column === id ? (descending ? "descending" : "ascending") : undefined}
          >
            <button
              type="button"
              className={classes.sort}
              onClick={() =>
                onChange({ sort: { column: id, descending: column === id && !descending } })
              }
            >
              {COLUMN_NAMES[id]}
              {column === id ? <Icon name={descending ? "down" : "up"} size={12} /> : null}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}
