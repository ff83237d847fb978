"use client";

import { Group, TextInput } from "@mantine/core";
import { DialogForm } from "@/app/_ui/dialog-form";
import { ownTimeZone, TimeZoneField } from "@/app/_ui/time-zone-field";
import { saving, useRecordForm } from "@/app/_ui/use-record-form";
import type { Facility } from "@/lib/server/facilities/read-facilities";
import { LimitInputs } from "./limit-inputs";
import { inheritedLimits, limitMessage, limitTexts, numberOf } from "./limits";

type FacilityFormProps = {
  /** Null for a new one. */
  facility: Facility | null;
  onClose: () => void;
};

/** What a facility is called, where it is, and the limits of its devices. */
export function FacilityForm({ facility, onClose }: FacilityFormProps) {
  const form = useRecordForm({
    values: textsOf(facility),
    call: ({ name, code, time_zone, address, latitude, longitude, ...limits }) =>
      saving("/api/facilities", facility, {
        ...limitMessage(limits),
        ...{ name, code },
        time_zone: time_zone || ownTimeZone(),
        address: address.trim() || null,
        latitude: numberOf(latitude),
        longitude: numberOf(longitude),
      }),
    onDone: onClose,
  });
  const zone = form.values.time_zone;
  return (
    <DialogForm form={form} action={facility ? "Save" : "Create facility"} onClose={onClose}>
      <TextInput label="Name" required maxLength={200} {...form.input("name")} data-autofocus />
      <TextInput
        label="Code"
        description="Short, for exports and the API. Must be unique."
        required
        maxLength={128}
        {...form.input("code")}
      />
      <TimeZoneField
        value={zone || null}
        onChange={(chosen) => form.set({ time_zone: chosen ?? "" })}
        error={form.faultOf("time_zone")}
      />
      {facility && zone !== facility.time_zone ? (
        <p>The days and hours of its whole history are recalculated in the new time zone.</p>
      ) : null}
      <TextInput label="Address" maxLength={500} {...form.input("address")} />
      <Group grow align="flex-start">
        <TextInput
          label="Latitude (°)"
          placeholder="48.2082"
          inputMode="decimal"
          {...form.input("latitude")}
        />
        <TextInput
          label="Longitude (°)"
          placeholder="16.3738"
          inputMode="decimal"
          {...form.input("longitude")}
        />
      </Group>
      <LimitInputs form={form} inherited={inheritedLimits([])} />
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
