"use client";

import { Group, TextInput } from "@mantine/core";
import { RecordForm, saving } from "@/app/_ui/forms/record-form";
import { ownTimeZone, TimeZoneField } from "@/app/_ui/forms/time-zone-field";
import type { Facility } from "@/lib/server/facilities/read-facilities";
import { LimitInputs } from "../limit-inputs";
import { inheritedLimits, limitMessage, limitTexts, numberOf } from "../limits";
import { PlaceNames } from "../place-names";

type FacilityFormProps = {
  /** Null for a new one. */
  facility: Facility | null;
  onClose: () => void;
};

/** What a facility is called, where it is, and the limits of its devices. */
export function FacilityForm({ facility, onClose }: FacilityFormProps) {
  return (
    <RecordForm
      values={textsOf(facility)}
      call={(values) => saving("/api/facilities", facility, messageOf(values))}
      onDone={onClose}
      action={facility ? "Save" : "Create facility"}
      onClose={onClose}
    >
      {(form) => (
        <>
          <PlaceNames form={form} codeHint="Short, for exports and the API. Must be unique." />
          <TimeZoneField
            value={form.values.time_zone || null}
            onChange={(chosen) => form.set({ time_zone: chosen ?? "" })}
            error={form.faultOf("time_zone")}
          />
          {facility && form.values.time_zone !== facility.time_zone ? (
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
        </>
      )}
    </RecordForm>
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

function messageOf({ time_zone, address, ...texts }: ReturnType<typeof textsOf>) {
  const { name, code, latitude, longitude, ...limits } = texts;
  return {
    ...limitMessage(limits),
    ...{ name, code },
    time_zone: time_zone || ownTimeZone(),
    address: address.trim() || null,
    latitude: numberOf(latitude),
    longitude: numberOf(longitude),
  };
}
