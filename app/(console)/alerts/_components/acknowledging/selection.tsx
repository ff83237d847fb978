"use client";

import { createContext, useContext, useState } from "react";
import classes from "./row-controls.module.css";

/** Which alerts are selected: some by id, or all that match the filters, seen or not. */
type Selected = { kind: "some"; ids: ReadonlySet<number> } | { kind: "all" };

type Selection = {
  selected: Selected;
  /** How many are selected. */
  count: number;
  has(id: number): boolean;
  select(ids: number[], on: boolean): void;
  selectAll(): void;
  clear(): void;
};

const NONE: Selected = { kind: "some", ids: new Set() };

const SelectionContext = createContext<Selection | null>(null);

/** Null where nothing can be selected. */
export const useSelection = () => useContext(SelectionContext);

/**
 * The selection of a list.
 * @param pageIds what can be selected on the page in view
 * @param matching how many could be on all pages
 */
export function useNewSelection(pageIds: number[], matching: number): Selection {
  const [selected, setSelected] = useState<Selected>(NONE);
  const before = selected.kind === "all" ? pageIds : selected.ids;
  return {
    selected,
    count: selected.kind === "all" ? matching : selected.ids.size,
    has: (id) => selected.kind === "all" || selected.ids.has(id),
    select: (ids, on) => {
      const next = new Set(before);
      for (const id of ids) {
        if (on) next.add(id);
        else next.delete(id);
      }
      setSelected({ kind: "some", ids: next });
    },
    selectAll: () => setSelected({ kind: "all" }),
    clear: () => setSelected(NONE),
  };
}

export const SelectionFrame = SelectionContext;

/** Selects one alert; nothing where nothing can be selected. */
export function SelectBox({ id, label }: { id: number; label: string }) {
  const selection = useSelection();
  if (!selection) return null;
  return (
    <input
      type="checkbox"
      className={classes.box}
      aria-label={`Select: ${label}`}
      checked={selection.has(id)}
      onChange={(event) => selection.select([id], event.currentTarget.checked)}
    />
  );
}
