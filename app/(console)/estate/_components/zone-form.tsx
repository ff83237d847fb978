"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { DialogForm } from "@/app/_ui/dialog-form";
import { saving, useRecordForm } from "@/app/_ui/use-record-form";
import type { Zone } from "@/lib/server/zones/read-zones";
import { LimitInputs } from "./limit-inputs";
import { inheritedLimits, limitMessage, limitTexts, type OwnLimits } from "./limits";

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
  const form = useRecordForm({
    values: {
      facility_id: String(first),
      name: zone?.name ?? "",
      code: zone?.code ?? "",
      ...limitTexts(zone),
    },
    call: ({ facility_id, name, code, ...limits }) => {
      const message = { ...limitMessage(limits), name, code, facility_id: Number(facility_id) };
      return saving("/api/zones", zone, message);
    },
    onDone: onClose,
  });
  const above = facilities.find(({ id }) => String(id) === form.values.facility_id);
  return (
    <DialogForm form={form} action={zone ? "Save" : "Create zone"} onClose={onClose}>
      <TextInput label="Name" required maxLength={200} {...form.input("name")} data-autofocus />
      <TextInput
        label="Code"
        description="Short, for exports and the API. Must be unique in the facility."
        required
        maxLength={128}
        {...form.input("code")}
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
      <LimitInputs
        form={form}
        inherited={inheritedLimits(
          above ? [{ called: `facility ${above.code}`, limits: above }] : [],
        )}
      />
    </DialogForm>
  );
}
