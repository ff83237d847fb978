"use client";

import { Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { TimeZoneField } from "@/app/_ui/forms/time-zone-field";
import type { SetupMessage } from "@/lib/domain/access/user";
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
            description="Short, for exports and the API. Must be unique."
            placeholder="CENTRAL"
            autoComplete="off"
            error={errorOf("facility.code")}
          />
          <ZoneOfFacility error={errorOf("facility.time_zone")} />
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

function ZoneOfFacility({ error }: { error?: string }) {
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <TimeZoneField name="facility.time_zone" value={chosen} onChange={setChosen} error={error} />
  );
}
