"use client";

import { NativeSelect } from "@mantine/core";
import { RecordForm, saving } from "@/app/_ui/forms/record-form";
import type { Zone } from "@/lib/server/zones/read-zones";
import { LimitInputs } from "../limit-inputs";
import {
  facilityLevel,
  inheritedLimits,
  limitMessage,
  limitTexts,
  type OwnLimits,
} from "../limits";
import { PlaceNames } from "../place-names";

/** A facility as the forms of what is in it need it. */
export type FacilityAbove = OwnLimits & {
  id: number;
  code: string;
  name: string;
  retired: boolean;
};

type ZoneFormProps = {
  /** Null for a new one. */
  zone: Zone | null;
  facilities: FacilityAbove[];
  /** Where a new one begins. */
  facilityId: number | null;
  onClose: () => void;
};

/** What a zone is called, which facility it is in, and the limits of its devices. */
export function ZoneForm({ zone, facilities, facilityId, onClose }: ZoneFormProps) {
  const first = zone?.facility_id ?? facilityId ?? facilities.find((f) => !f.retired)?.id ?? "";
  return (
    <RecordForm
      values={{
        facility_id: String(first),
        name: zone?.name ?? "",
        code: zone?.code ?? "",
        ...limitTexts(zone),
      }}
      call={({ facility_id, name, code, ...limits }) => {
        const message = { ...limitMessage(limits), name, code, facility_id: Number(facility_id) };
        return saving("/api/zones", zone, message);
      }}
      onDone={onClose}
      action={zone ? "Save" : "Create zone"}
      onClose={onClose}
    >
      {(form) => {
        const above = facilities.find(({ id }) => String(id) === form.values.facility_id);
        return (
          <>
            <PlaceNames
              form={form}
              codeHint="Short, for exports and the API. Must be unique in the facility."
            />
            <NativeSelect
              label="Facility"
              {...form.input("facility_id")}
              data={facilities
                .filter(({ id, retired }) => !retired || id === zone?.facility_id)
                .map(({ id, name, code }) => ({ value: String(id), label: `${name} (${code})` }))}
            />
            {zone && above?.id !== zone.facility_id ? (
              <p>The zone moves with its devices and their history.</p>
            ) : null}
            <LimitInputs form={form} inherited={inheritedLimits(facilityLevel(above))} />
          </>
        );
      }}
    </RecordForm>
  );
}
