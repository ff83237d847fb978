"use client";

import { Button, NativeSelect } from "@mantine/core";
import { useQueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { DateField } from "@/app/_ui/forms/date-field";
import { Filters } from "@/app/_ui/forms/filters";
import { SearchField } from "@/app/_ui/forms/search-field";
import { ALERT_TYPE_NAMES, SEVERITY_WORDS } from "@/app/_ui/words/alert-words";
import { ALERT_SEVERITIES, ALERT_TYPES } from "@/lib/domain/alerts/alerting";
import type { AlertsView } from "../../(list)/view";
import classes from "./alert-filters.module.css";

/** Which filters there are, for "clear" to remove. */
type Given = Partial<
  Record<"severity" | "type" | "zone" | "search" | "from" | "to" | "group", string>
>;

type AlertFilterFieldsProps = {
  given: Given;
  zones: { id: number; name: string }[];
  /** The one device that is in view, if it is. */
  device: string | null;
  filtered: boolean;
};

const GROUPINGS = [
  { value: "", label: "Not grouped" },
  { value: "device", label: "By device" },
  { value: "zone", label: "By zone" },
  { value: "type", label: "By type" },
];

/** Those that the search field does not show itself. */
const NARROWING = ["severity", "type", "zone", "from", "to", "group"] as const;

const severities = [...ALERT_SEVERITIES].reverse().map((value) => ({
  value,
  label: SEVERITY_WORDS[value].word,
}));
const types = ALERT_TYPES.map((value) => ({ value, label: ALERT_TYPE_NAMES[value] }));

/** What narrows the list down and groups it; kept in the address, so that a view can be sent on. */
export function AlertFilterFields({ given, zones, device, filtered }: AlertFilterFieldsProps) {
  const { go } = useQueryNavigation<AlertsView>();
  const select = (label: string, name: keyof Given, data: { value: string; label: string }[]) => (
    <NativeSelect
      label={label}
      value={given[name] ?? ""}
      onChange={(event) =>
        go({ [name]: event.currentTarget.value || null, after: null, opened: null })
      }
      data={data}
    />
  );
  const all = (label: string) => ({ value: "", label });
  const clear = { severity: null, type: null, zone: null, device: null, search: null };
  const zoneChoices = zones.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <Filters
      className={classes.filters}
      active={[...NARROWING.map((name) => given[name]), device].filter(Boolean).length}
      search={<SearchField search={given.search ?? ""} placeholder="Device code or name" />}
    >
      {select("Severity", "severity", [all("All severities"), ...severities])}
      {select("Type", "type", [all("All types"), ...types])}
      {select("Zone", "zone", [all("All zones"), ...zoneChoices])}
      <DateField
        label="Raised from"
        value={given.from ?? null}
        onChange={(date) => go({ from: date, after: null, opened: null })}
      />
      <DateField
        label="Raised to"
        value={given.to ?? null}
        onChange={(date) => go({ to: date, after: null, opened: null })}
      />
      {select("Group", "group", GROUPINGS)}
      {filtered ? (
        <div className={classes.clear}>
          {device === null ? null : (
            <span>
              Only device <strong>{device}</strong>
            </span>
          )}
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => go({ ...clear, from: null, to: null, after: null, opened: null })}
          >
            Clear filters
          </Button>
        </div>
      ) : null}
    </Filters>
  );
}
