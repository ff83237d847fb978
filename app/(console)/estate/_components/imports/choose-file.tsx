"use client";

import { Loader } from "@mantine/core";
import { useId, useState } from "react";
import type { ListKind } from "./check-list";
import classes from "./import.module.css";

/** What the columns of each list are. */
const COLUMNS: Record<ListKind, { required: string; optional: string }> = {
  devices: {
    required: "device_code, zone, facility",
    optional:
      "name, offline_after_seconds, zone_name, facility_name, time_zone (creates the facility if it does not exist)",
  },
  targets: {
    required: "date, target_value, and either device_code or facility and zone",
    optional: "any other column is ignored",
  },
};

type ChooseFileProps = {
  kind: ListKind;
  /** The file that is in view. */
  name: string | null;
  busy: boolean;
  onChoose: (file: File) => void;
};

/** Where a file is chosen, or dropped. */
export function ChooseFile({ kind, name, busy, onChoose }: ChooseFileProps) {
  const hint = useId();
  const [over, setOver] = useState(false);
  const { required, optional } = COLUMNS[kind];
  const drop = (event: React.DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onChoose(file);
  };
  return (
    <div>
      <label
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <span className={classes.dropTitle} role="status">
          {busy ? <Loader size="xs" aria-hidden="true" /> : null}
          {busy ? "Checking…" : (name ?? "Drop a CSV file here")}
        </span>
        <span className={classes.choose}>{name ? "Choose another file" : "Choose a file"}</span>
        <input
          className="visually-hidden"
          type="file"
          accept=".csv,.txt,text/csv"
          aria-label="CSV file"
          aria-describedby={hint}
          data-autofocus
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            // The same file can be chosen again once it is fixed.
            event.currentTarget.value = "";
            if (file) onChoose(file);
          }}
        />
      </label>
      <p id={hint} className={classes.hint}>
        Up to 10,000 rows, in UTF-8, with a header. Columns in any order: {required}; optional:{" "}
        {optional}. “Export CSV” gives a file of this form.
      </p>
    </div>
  );
}
