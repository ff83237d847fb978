"use client";

import { Checkbox, type ComboboxItem, type OptionsFilter, Select, TextInput } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useState } from "react";
import type { SetupMessage } from "@/lib/domain/user";
import classes from "./form.module.css";

export const FACILITY_FIELDS = ["facility.name", "facility.code", "facility.time_zone"];
const SKIP = "skip_facility";

/** The first facility, which can wait. */
export function FacilityFields({ errorOf }: { errorOf: (field: string) => string | undefined }) {
  const [skipped, setSkipped] = useState(false);
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>First facility</legend>
      <Checkbox
        name={SKIP}
        label="Skip the facility for now"
        checked={skipped}
        onChange={(event) => setSkipped(event.currentTarget.checked)}
      />
      {skipped ? null : (
        <>
          <TextInput
            name="facility.name"
            label="Name of the facility"
            placeholder="Central car park"
            autoComplete="off"
            error={errorOf("facility.name")}
          />
          <TextInput
            name="facility.code"
            label="Code"
            description="Short, for exports and the API; no two facilities share one."
            placeholder="CENTRAL"
            autoComplete="off"
            error={errorOf("facility.code")}
          />
          <TimeZoneField error={errorOf("facility.time_zone")} />
        </>
      )}
    </fieldset>
  );
}

/** The facility that a form holds; null where it is skipped. */
export function facilityOf(form: FormData): SetupMessage["facility"] {
  if (form.has(SKIP)) return null;
  const [name = "", code = "", time_zone = ""] = FACILITY_FIELDS.map((field) =>
    String(form.get(field) ?? ""),
  );
  return { code, name, time_zone };
}

/** Starts with the zone of this browser, which the server can't know. */
function TimeZoneField({ error }: { error?: string }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const ready = useMounted();
  const own = ready ? Intl.DateTimeFormat().resolvedOptions().timeZone : null;
  const zones = ready ? [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", own!])] : [];
  return (
    <Select
      name="facility.time_zone"
      label="Time zone"
      description="Its days and hours are told in this zone."
      data={zones}
      value={chosen ?? own}
      onChange={setChosen}
      allowDeselect={false}
      searchable
      filter={byWords}
      nothingFoundMessage="No such time zone"
      maxDropdownHeight={260}
      error={error}
    />
  );
}

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
