"use client";

import { type ComboboxItem, type OptionsFilter, Select } from "@mantine/core";
import { useMounted } from "@mantine/hooks";

type TimeZoneFieldProps = {
  name?: string;
  /** An IANA name; null stands for the zone of this browser, which the server can't know. */
  value: string | null;
  onChange: (timeZone: string | null) => void;
  error?: string;
};

/** One of the time zones that this browser knows, found by parts of its name. */
export function TimeZoneField({ name, value, onChange, error }: TimeZoneFieldProps) {
  const ready = useMounted();
  const own = ready ? ownTimeZone() : null;
  const shown = value ?? own;
  const known = ready ? [...Intl.supportedValuesOf("timeZone"), "UTC", own!] : [];
  return (
    <Select
      name={name}
      label="Time zone"
      description="Dates and hours are shown in this time zone."
      data={[...new Set(shown === null ? known : [...known, shown])]}
      value={shown}
      onChange={onChange}
      allowDeselect={false}
      searchable
      filter={byWords}
      nothingFoundMessage="No such time zone"
      maxDropdownHeight={260}
      error={error}
    />
  );
}

/** The time zone of this browser. */
export const ownTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** "new york" finds America/New_York. */
const byWords: OptionsFilter = ({ options, search }) => {
  const words = search
    .toLowerCase()
    .split(/[\s_/]+/)
    .filter(Boolean);
  return (options as ComboboxItem[]).filter(({ value }) =>
    words.every((word) => value.toLowerCase().includes(word)),
  );
};
