"use client";

import { VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { figure } from "@/app/_ui/figures";
import records from "@/app/_ui/records.module.css";
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
      <table className={classes.grid}>
        <caption className={classes.caption}>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Zone or device</th>
            {days.map(({ date, short, isToday }) => (
              <th scope="col" key={date} data-today={isToday || undefined}>
                {short}
                {isToday ? <span className={classes.today}>today</span> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <Row
              key={`${row.scope} ${row.id}`}
              {...{ row, at, days, mayWrite }}
              onSaved={setTold}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

type RowProps = {
  row: TargetWeekRow;
  at: number;
  days: GridDay[];
  mayWrite: boolean;
  onSaved: (words: string) => void;
};

function Row({ row, at, days, mayWrite, onSaved }: RowProps) {
  const { scope, id, code, name, targets } = row;
  return (
    <tr data-scope={scope}>
      <th scope="row">
        {scope === "zone" ? (name ?? code) : code}
        <span className={records.sub}>{subOf(row)}</span>
      </th>
      {days.map(({ date, shortest, long, isToday }, day) => (
        <td key={date} data-label={shortest} data-today={isToday || undefined}>
          {mayWrite ? (
            <TargetCell
              owner={{ [`${scope}_id`]: id }}
              date={date}
              label={`${scope} ${code}, ${long}`}
              given={targets[day] ?? null}
              row={at}
              column={day}
              onSaved={onSaved}
            />
          ) : (
            <Value value={targets[day]?.value} />
          )}
        </td>
      ))}
    </tr>
  );
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
