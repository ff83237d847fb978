"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { DialogForm, SubmitOrCancel } from "@/app/_ui/dialog";
import { FaultNote } from "@/app/_ui/fault-note";
import { useChange } from "@/app/_ui/use-change";
import type { Zone } from "@/lib/server/zones/read-zones";
import { LimitInputs } from "./limit-inputs";
import { inheritedLimits, LIMIT_NAMES, limitMessage, limitTexts, type OwnLimits } from "./limits";
import { useFields } from "./use-fields";

/** A facility as the forms of what is in it need it. */
export type FacilityAbove = OwnLimits & {
  id: number;
  code: string;
  name: string;
  retired: boolean;
};

const FIELDS = ["facility_id", "name", "code", ...LIMIT_NAMES];

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
  const { send, busy, fault, faultOf } = useChange();
  const first = zone?.facility_id ?? facilityId ?? facilities.find((f) => !f.retired)?.id ?? "";
  const { texts, set, input } = useFields(
    {
      facility_id: String(first),
      name: zone?.name ?? "",
      code: zone?.code ?? "",
      ...limitTexts(zone),
    },
    faultOf,
  );
  const above = facilities.find(({ id }) => String(id) === texts.facility_id);
  const save = async () => {
    const { name, code } = texts;
    const limits = limitMessage(texts);
    const message = { ...limits, name, code, facility_id: Number(texts.facility_id) };
    const done = zone
      ? await send("PATCH", `/api/zones/${zone.id}`, message)
      : await send("POST", "/api/zones", message);
    if (done) onClose();
  };
  return (
    <DialogForm onSubmit={save}>
      <TextInput label="Name" required maxLength={200} {...input("name")} data-autofocus />
      <TextInput
        label="Code"
        description="Short, for exports and the API. Must be unique in the facility."
        required
        maxLength={128}
        {...input("code")}
      />
      <NativeSelect
        label="Facility"
        value={texts.facility_id}
        onChange={(event) => set("facility_id", event.currentTarget.value)}
        error={faultOf("facility_id")}
        data={facilities
          .filter(({ id, retired }) => !retired || id === zone?.facility_id)
          .map(({ id, name, code }) => ({ value: String(id), label: `${name} (${code})` }))}
      />
      {zone && above?.id !== zone.facility_id ? (
        <p>The zone moves with its devices and their history.</p>
      ) : null}
      <LimitInputs
        texts={texts}
        inherited={inheritedLimits(
          above ? [{ called: `facility ${above.code}`, limits: above }] : [],
        )}
        onChange={set}
        faultOf={faultOf}
      />
      <FaultNote fault={fault} fields={FIELDS} />
      <SubmitOrCancel action={zone ? "Save" : "Create zone"} busy={busy} onClose={onClose} />
    </DialogForm>
  );
}
