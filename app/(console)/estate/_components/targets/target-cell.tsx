"use client";

import { useId, useState } from "react";
import { useChange } from "@/app/_ui/forms/use-change";
import type { StoredTarget } from "@/lib/server/targets/read-target-week";
import { numberOf } from "../limits";
import { moveBetweenCells } from "./grid-keys";
import classes from "./target-grid.module.css";

type TargetCellProps = {
  /** The zone or device, as the API names it. */
  owner: Record<string, number>;
  date: string;
  label: string;
  /** What the page has read. */
  given: StoredTarget | null;
  row: number;
  column: number;
  /** What was saved, in words. */
  onSaved: (words: string) => void;
};

const textOf = (target: StoredTarget | null) => String(target?.value ?? "");

/** One target, changed where it stands. */
export function TargetCell(props: TargetCellProps) {
  const { owner, date, label, given, row, column, onSaved } = props;
  const { send, busy, fault } = useChange();
  const faultId = useId();
  const [stored, setStored] = useState(given);
  const [text, setText] = useState(textOf(given));
  const [tried, setTried] = useState<string | null>(null);
  const [inView, setInView] = useState(given);
  if (given?.id !== inView?.id || given?.value !== inView?.value) {
    // The page was read again; what is being typed stays.
    setInView(given);
    setStored(given);
    if (text === textOf(stored)) setText(textOf(given));
  }
  const save = async ({ again }: { again: boolean }) => {
    if (busy || text.trim() === textOf(stored) || (text === tried && !again)) return;
    setTried(text);
    if (text.trim() === "") {
      if (stored && !(await send("DELETE", `/api/targets/${stored.id}`))) return;
      setStored(null);
      onSaved(`${label}: no target.`);
    } else {
      const message = { ...owner, date, target_value: numberOf(text) };
      const done = await send<{ id: number; target_value: number }>(
        "POST",
        "/api/targets",
        message,
      );
      if (!done) return;
      const { id, target_value: value } = done.body;
      setStored({ id, value });
      setText(String(value));
      onSaved(`${label}: saved ${value}.`);
    }
    setTried(null);
  };
  const words = fault && tried === text ? wordsOf(fault) : null;
  return (
    <>
      <input
        className={classes.input}
        inputMode="numeric"
        autoComplete="off"
        aria-label={`Target of ${label}`}
        aria-invalid={words ? true : undefined}
        aria-describedby={words ? faultId : undefined}
        aria-busy={busy}
        data-changed={text.trim() === textOf(stored) ? undefined : true}
        data-row={row}
        data-column={column}
        readOnly={busy}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => save({ again: false })}
        onKeyDown={(event) => {
          if (event.key === "Enter") void save({ again: true });
          else if (event.key === "Escape") {
            setText(textOf(stored));
            setTried(null);
          } else moveBetweenCells(event);
        }}
      />
      {words ? (
        <span id={faultId} role="alert" className={classes.fault}>
          {words}
        </span>
      ) : null}
    </>
  );
}

const wordsOf = ({ detail, errors }: { detail: string; errors: Record<string, string[]> }) =>
  Object.values(errors).flat().join(" ") || detail;
