"use client";

import { VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { type Column, RecordTable } from "@/app/_ui/tables/record-table";
import records from "@/app/_ui/tables/records.module.css";
import { figure } from "@/app/_ui/words/figures";
import type { TargetWeekRow } from "@/lib/server/targets/read-target-week";
import { TargetCell } from "./target-cell";
import classes from "./target-grid.module.css";

export type GridDay = {
  date: string;
  /** For a column's head, and for a field of a card. */
  short: string;
  shortest: string;
  long: string;
  isToday: boolean;
};

type TargetGridProps = {
  caption: string;
  days: GridDay[];
  rows: TargetWeekRow[];
  mayWrite: boolean;
};

/** The targets of a week: a row for each zone and device, a column for each day. */
export function TargetGrid({ caption, days, rows, mayWrite }: TargetGridProps) {
  const [told, setTold] = useState("");
  return (
    <>
      {mayWrite ? (
        <p className={classes.hint}>
          Type a number. Enter saves, Escape cancels, an empty field means no target. Arrow keys
          move between fields.
        </p>
      ) : null}
      <VisuallyHidden role="status">{told}</VisuallyHidden>
      <RecordTable
        className={`${records.table} ${classes.grid}`}
        cards="phone"
        caption={caption}
        captionHidden
        rows={rows}
        keyOf={({ scope, id }) => `${scope} ${id}`}
        marksOf={({ scope }) => ({ "data-scope": scope })}
        columns={[
          { name: "Zone or device", names: true, cell: (row) => <Owner row={row} /> },
          ...days.map((day, column) => dayColumn(day, column, mayWrite ? setTold : null)),
        ]}
      />
    </>
  );
}

function Owner({ row }: { row: TargetWeekRow }) {
  const { scope, code, name } = row;
  return (
    <>
      {scope === "zone" ? (name ?? code) : code}
      <span className={records.sub}>{subOf(row)}</span>
    </>
  );
}

/** @param onSaved takes what was saved, in words; null for who may not change a target */
function dayColumn(
  { date, short, shortest, long, isToday }: GridDay,
  column: number,
  onSaved: ((words: string) => void) | null,
): Column<TargetWeekRow> {
  return {
    name: short,
    label: shortest,
    numeric: true,
    marks: { "data-today": isToday || undefined },
    head: (
      <>
        {short}
        {isToday ? <span className={classes.today}>today</span> : null}
      </>
    ),
    cell: ({ scope, id, code, targets }, row) =>
      onSaved ? (
        <TargetCell
          owner={{ [`${scope}_id`]: id }}
          date={date}
          label={`${scope} ${code}, ${long}`}
          given={targets[column] ?? null}
          row={row}
          column={column}
          onSaved={onSaved}
        />
      ) : (
        <Value value={targets[column]?.value} />
      ),
  };
}

function subOf({ scope, code, name }: TargetWeekRow): string {
  const noun = scope === "zone" ? "Zone" : "Device";
  const other = scope === "zone" ? code : name;
  return other === null || name === code ? noun : `${noun} · ${other}`;
}

function Value({ value }: { value: number | undefined }) {
  if (value === undefined) return <span className={records.quiet}>—</span>;
  return <span>{figure(value)}</span>;
}
