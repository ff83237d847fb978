"use client";

import { Group, TextInput } from "@mantine/core";
import { DialogForm, SubmitOrCancel } from "@/app/_ui/dialog";
import { FaultNote } from "@/app/_ui/fault-note";
import { ownTimeZone, TimeZoneField } from "@/app/_ui/time-zone-field";
import { useChange } from "@/app/_ui/use-change";
import type { Facility } from "@/lib/server/facilities/read-facilities";
import { LimitInputs } from "./limit-inputs";
import { inheritedLimits, LIMIT_NAMES, limitMessage, limitTexts, numberOf } from "./limits";
import { useFields } from "./use-fields";

const FIELDS = [
  ...["name", "code", "time_zone", "address", "latitude", "longitude"],
  ...LIMIT_NAMES,
];

type FacilityFormProps = {
  /** Null for a new one. */
  facility: Facility | null;
  onClose: () => void;
};

/** What a facility is called, where it is, and the limits of its devices. */
export function FacilityForm({ facility, onClose }: FacilityFormProps) {
  const { send, busy, fault, faultOf } = useChange();
  const { texts, set, input } = useFields(textsOf(facility), faultOf);
  const save = async () => {
    const message = {
      ...limitMessage(texts),
      name: texts.name,
      code: texts.code,
      time_zone: texts.time_zone || ownTimeZone(),
      address: texts.address.trim() || null,
      latitude: numberOf(texts.latitude),
      longitude: numberOf(texts.longitude),
    };
    const done = facility
      ? await send("PATCH", `/api/facilities/${facility.id}`, message)
      : await send("POST", "/api/facilities", message);
    if (done) onClose();
  };
  return (
    <DialogForm onSubmit={save}>
      <TextInput label="Name" required maxLength={200} {...input("name")} data-autofocus />
      <TextInput
        label="Code"
        description="Short, for exports and the API. Must be unique."
        required
        maxLength={128}
        {...input("code")}
      />
      <TimeZoneField
        value={texts.time_zone || null}
        onChange={(zone) => set("time_zone", zone ?? "")}
        error={faultOf("time_zone")}
      />
      {facility && texts.time_zone !== facility.time_zone ? (
        <p>The days and hours of its whole history are recalculated in the new time zone.</p>
      ) : null}
      <TextInput label="Address" maxLength={500} {...input("address")} />
      <Group grow align="flex-start">
        <TextInput
          label="Latitude (°)"
          placeholder="48.2082"
          inputMode="decimal"
          {...input("latitude")}
        />
        <TextInput
          label="Longitude (°)"
          placeholder="16.3738"
          inputMode="decimal"
          {...input("longitude")}
        />
      </Group>
      <LimitInputs texts={texts} inherited={inheritedLimits([])} onChange={set} faultOf={faultOf} />
      <FaultNote fault={fault} fields={FIELDS} />
      <SubmitOrCancel
        action={facility ? "Save" : "Create facility"}
        busy={busy}
        onClose={onClose}
      />
    </DialogForm>
  );
}

function textsOf(facility: Facility | null) {
  return {
    name: facility?.name ?? "",
    code: facility?.code ?? "",
    time_zone: facility?.time_zone ?? "",
    address: facility?.address ?? "",
    latitude: String(facility?.latitude ?? ""),
    longitude: String(facility?.longitude ?? ""),
    ...limitTexts(facility),
  };
}
