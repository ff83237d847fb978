"use client";

import { Button, Checkbox } from "@mantine/core";
import { Dropdown } from "@/app/_ui/dialogs/dropdown";
import { Icon } from "@/app/_ui/icons";
import { COLUMNS, type LiveView } from "../view";
import { COLUMN_NAMES } from "./column-names";
import classes from "./live.module.css";

type ColumnChooserProps = { view: LiveView; onChange: (change: Partial<LiveView>) => void };

/** Which columns the table has. */
export function ColumnChooser({ view, onChange }: ColumnChooserProps) {
  const toggle = (column: (typeof COLUMNS)[number]) =>
    onChange({
      hidden: view.hidden.includes(column)
        ? view.hidden.filter((id) => id !== column)
        : [...view.hidden, column],
    });
  return (
    <Dropdown
      label="Columns shown"
      className={classes.columnPanel}
      target={(props) => (
        <Button {...props} variant="default" leftSection={<Icon name="columns" />}>
          Columns
        </Button>
      )}
    >
      {() => (
        <fieldset className={classes.columns}>
          <legend>Columns shown</legend>
          {COLUMNS.slice(1).map((column) => (
            <Checkbox
              key={column}
              label={COLUMN_NAMES[column]}
              checked={!view.hidden.includes(column)}
              onChange={() => toggle(column)}
            />
          ))}
        </fieldset>
      )}
    </Dropdown>
  );
}
