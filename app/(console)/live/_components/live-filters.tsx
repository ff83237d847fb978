"use client";

import { Checkbox, NativeSelect, SegmentedControl } from "@mantine/core";
import { Filters } from "@/app/_ui/forms/filters";
import { STATE_OPTIONS, STATUS_OPTIONS } from "@/app/_ui/words/device-words";
import { DEVICE_STATUSES } from "@/lib/domain/devices/health";
import { STATE_FILTERS } from "@/lib/domain/devices/live";
import type { LiveZone } from "../load";
import { COLUMNS, type LiveView } from "../view";
import { ColumnChooser } from "./column-chooser";
import { COLUMN_NAMES } from "./column-names";
import classes from "./live.module.css";
import { LiveSearch } from "./live-search";

type LiveFiltersProps = {
  view: LiveView;
  onChange: (change: Partial<LiveView>) => void;
  zones: LiveZone[];
  several: boolean;
};

/** Which devices are in view, and how. */
export function LiveFilters({ view, onChange, zones, several }: LiveFiltersProps) {
  const { zone, state, status, alerting, seenToday } = view;
  return (
    <div className={classes.controls}>
      <Filters
        className={classes.filters}
        active={
          [zone, state, status].filter((f) => f !== null).length +
          Number(alerting) +
          Number(seenToday)
        }
        search={<LiveSearch text={view.search} onChange={(search) => onChange({ search })} />}
      >
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
              status:
                DEVICE_STATUSES.find((status) => status === event.currentTarget.value) ?? null,
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
        {view.kind === "table" ? <SortChoice {...{ view, onChange }} /> : null}
      </Filters>
      <div className={classes.views}>
        {view.kind === "table" ? (
          <div className={classes.onTable}>
            <ColumnChooser {...{ view, onChange }} />
          </div>
        ) : null}
        <SegmentedControl
          aria-label="View"
          value={view.kind}
          onChange={(kind) => onChange({ kind: kind === "map" ? "map" : "table" })}
          data={[
            { value: "table", label: "List" },
            { value: "map", label: "Bay map" },
          ]}
        />
      </div>
    </div>
  );
}

/** By what cards are sorted; a table has its heads for it. */
function SortChoice({ view, onChange }: Pick<LiveFiltersProps, "view" | "onChange">) {
  const { column, descending } = view.sort ?? { column: "device", descending: false };
  return (
    <>
      <NativeSelect
        label="Sort by"
        className={classes.onCards}
        value={column}
        onChange={(event) => {
          const chosen = COLUMNS.find((id) => id === event.currentTarget.value) ?? "device";
          onChange({ sort: { column: chosen, descending } });
        }}
        data={COLUMNS.map((id) => ({ value: id, label: COLUMN_NAMES[id] }))}
      />
      <Checkbox
        label="Descending"
        className={`${classes.check} ${classes.onCards}`}
        checked={descending}
        onChange={(event) =>
          onChange({ sort: { column, descending: event.currentTarget.checked } })
        }
      />
    </>
  );
}
