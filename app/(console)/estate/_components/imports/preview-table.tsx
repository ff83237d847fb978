"use client";

import { Switch } from "@mantine/core";
import { createColumnHelper, tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { Icon } from "@/app/_ui/icons";
import { figure } from "@/app/_ui/words/figures";
import type { CheckedList, CheckedRow } from "./check-list";
import classes from "./import.module.css";

const features = tableFeatures({});
const helper = createColumnHelper<typeof features, CheckedRow>();
const ROW_HEIGHT = 34;

/** The rows of a list as they stand in the file, however many; those that are wrong first of all. */
export function PreviewTable({ list }: { list: CheckedList }) {
  const faulty = useMemo(() => list.rows.filter(({ faults }) => faults.length > 0), [list]);
  const [onlyFaulty, setOnlyFaulty] = useState(true);
  const some = faulty.length > 0 && faulty.length < list.rows.length;
  const data = some && onlyFaulty ? faulty : list.rows;
  return (
    <div>
      {some ? (
        <Switch
          mb={8}
          label={`Only rows with errors (${figure(faulty.length)})`}
          checked={onlyFaulty}
          onChange={(event) => setOnlyFaulty(event.currentTarget.checked)}
        />
      ) : null}
      <Rows data={data} columns={list.columns} withFaults={faulty.length > 0} />
    </div>
  );
}

type RowsProps = { data: CheckedRow[]; columns: string[]; withFaults: boolean };

function Rows({ data, columns: names, withFaults }: RowsProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const columns = useMemo(() => columnsOf(names, withFaults), [names, withFaults]);
  const table = useTable({ features, columns, data });
  const { rows } = table.getRowModel();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus
    <section ref={scroll} className={classes.scroll} tabIndex={0} aria-label="Preview of the rows">
      <table className={classes.table} aria-rowcount={rows.length + 1}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} aria-rowindex={1}>
              {group.headers.map((header) => (
                <th key={header.id} scope="col">
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          <Gap height={above} />
          {items.map(({ index, key }) => (
            <tr
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-rowindex={index + 2}
              data-faulty={rows[index]?.original.faults.length ? true : undefined}
            >
              {rows[index]?.getAllCells().map((cell) => (
                <td key={cell.id}>
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
          <Gap height={below} />
        </tbody>
      </table>
    </section>
  );
}

/** Stands for the rows that are out of view. */
function Gap({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr>
      <td style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

function columnsOf(names: string[], withFaults: boolean) {
  return helper.columns([
    helper.accessor("line", { header: "Row", cell: ({ getValue }) => figure(getValue()) }),
    ...(withFaults
      ? [
          helper.display({
            id: "faults",
            header: "Errors",
            cell: ({ row }) => <Faults faults={row.original.faults} />,
          }),
        ]
      : []),
    ...names.map((name) =>
      helper.accessor((row) => row.cells[name] ?? "", { id: `column ${name}`, header: name }),
    ),
  ]);
}

function Faults({ faults }: Pick<CheckedRow, "faults">) {
  if (faults.length === 0) return null;
  return faults.map(({ field, reason }) => (
    <span key={field} className={classes.fault}>
      <Icon name="critical" size={14} />
      <span>
        {field === "row" ? null : <strong>{field}: </strong>}
        {reason}
      </span>
    </span>
  ));
}
