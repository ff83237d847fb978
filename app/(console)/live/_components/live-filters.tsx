"use client";

import { Button, Checkbox, NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { useState } from "react";
import { STATE_OPTIONS, STATUS_OPTIONS } from "@/app/_ui/device-words";
import { Dropdown } from "@/app/_ui/dropdown";
import { Icon } from "@/app/_ui/icons";
import { DEVICE_STATUSES } from "@/lib/domain/health";
import { STATE_FILTERS } from "@/lib/domain/live";
import { COLUMN_NAMES } from "./column-names";
import classes from "./live.module.css";
import type { LiveZone } from "./live-board";
import { COLUMNS, type LiveView } from "./live-view";

type LiveFiltersProps = {
  view: LiveView;
  onChange: (change: Partial<LiveView>) => void;
  zones: LiveZone[];
  several: boolean;
};

/** Which devices are in view, and how. */
export function LiveFilters({ view, onChange, zones, several }: LiveFiltersProps) {
  return (
    <search className={classes.filters}>
      <SearchText text={view.search} onChange={(search) => onChange({ search })} />
      <NativeSelect
        label="Zone"
        className={classes.filter}
        value={view.zone ?? ""}
        onChange={(event) => onChange({ zone: Number(event.currentTarget.value) || null })}
        data={[
          { value: "", label: "All zones" },
          ...zones.map(({ id, code, name, facilityName }) => ({
            value: String(id),
            label: [code, name === code ? null : name, several ? facilityName : null]
              .filter(Boolean)
              .join(" · "),
          })),
        ]}
      />
      <NativeSelect
        label="State"
        className={classes.filter}
        value={view.state ?? ""}
        onChange={(event) =>
          onChange({
            state: STATE_FILTERS.find((state) => state === event.currentTarget.value) ?? null,
          })
        }
        data={STATE_OPTIONS}
      />
      <NativeSelect
        label="Status"
        className={classes.filter}
        value={view.status ?? ""}
        onChange={(event) =>
          onChange({
            status: DEVICE_STATUSES.find((status) => status === event.currentTarget.value) ?? null,
          })
        }
        data={STATUS_OPTIONS}
      />
      <Checkbox
        label="Open alerts only"
        className={classes.check}
        checked={view.alerting}
        onChange={(event) => onChange({ alerting: event.currentTarget.checked })}
      />
      <Checkbox
        label="Seen today"
        className={classes.check}
        checked={view.seenToday}
        onChange={(event) => onChange({ seenToday: event.currentTarget.checked })}
      />
      <div className={classes.views}>
        {view.kind === "table" ? <ColumnChooser {...{ view, onChange }} /> : null}
        <SegmentedControl
          aria-label="View"
          value={view.kind}
          onChange={(kind) => onChange({ kind: kind === "map" ? "map" : "table" })}
          data={[
            { value: "table", label: "Table" },
            { value: "map", label: "Bay map" },
          ]}
        />
      </div>
    </search>
  );
}

/** Keeps what is typed by itself: the address follows, and may come back with another text. */
function SearchText({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  if (known !== text) {
    setKnown(text);
    setTyped(text);
  }
  return (
    <TextInput
      type="search"
      label="Search"
      placeholder="Device or zone"
      className={classes.search}
      maxLength={200}
      leftSection={<Icon name="search" />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        setKnown(event.currentTarget.value);
        onChange(event.currentTarget.value);
      }}
    />
  );
}

function ColumnChooser({ view, onChange }: Pick<LiveFiltersProps, "view" | "onChange">) {
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
