"use client";

import { NativeSelect } from "@mantine/core";
import type { FieldsOf } from "@/app/_ui/forms/record-form-body";
import { DeviceSelect } from "./device-select";

type Named = { id: number; code: string; name: string };

/** What of the estate someone can make a key for. */
export type Estate = {
  /** Whether they reach all of it. */
  whole: boolean;
  facilities: Named[];
  zones: (Named & { facility_id: number })[];
};

/** The place of a key; its id is empty until one is chosen. */
export type Place = { kind: "whole" | "facility" | "zone" | "device"; id: string };

/** The place that a form begins with. */
export function widestPlace({ whole, facilities }: Estate): Place {
  return whole
    ? { kind: "whole", id: "" }
    : { kind: "facility", id: String(facilities[0]?.id ?? "") };
}

/** A place as the API takes it; one that is not chosen yet is refused there. */
export function placeMessage({ kind, id }: Place): Record<string, number> {
  return kind === "whole" ? {} : { [`${kind}_id`]: Number(id) };
}

type PlaceFieldsProps = { estate: Estate; form: FieldsOf<{ place: Place }> };

/** How far a key reaches. */
export function PlaceFields({ estate, form }: PlaceFieldsProps) {
  const { values, set, faultOf } = form;
  const { kind, id } = values.place;
  const kinds = [
    ...(estate.whole ? [{ value: "whole", label: "All facilities" }] : []),
    { value: "facility", label: "One facility" },
    { value: "zone", label: "One zone" },
    { value: "device", label: "One device" },
  ];
  const choose = (chosen: string) => set({ place: { kind, id: chosen } });
  return (
    <>
      <NativeSelect
        label="Access"
        description="The key can’t read or change anything else."
        data={kinds}
        value={kind}
        onChange={(event) => set({ place: placeOfKind(estate, event.currentTarget.value) })}
      />
      {kind === "facility" ? (
        <NativeSelect
          label="Facility"
          data={estate.facilities.map(option)}
          value={id}
          onChange={(event) => choose(event.currentTarget.value)}
          error={faultOf("facility_id") && "Choose a facility. Create one first if there is none."}
        />
      ) : null}
      {kind === "zone" ? (
        <NativeSelect
          label="Zone"
          data={zoneOptions(estate)}
          value={id}
          onChange={(event) => choose(event.currentTarget.value)}
          error={faultOf("zone_id") && "Choose a zone. Create one first if there is none."}
        />
      ) : null}
      {kind === "device" ? (
        <DeviceSelect onChange={choose} error={faultOf("device_id") && "Choose a device."} />
      ) : null}
    </>
  );
}

function placeOfKind({ facilities, zones }: Estate, text: string): Place {
  const kind = text as Place["kind"];
  const first = { whole: undefined, facility: facilities[0], zone: zones[0], device: undefined };
  return { kind, id: String(first[kind]?.id ?? "") };
}

const option = ({ id, code, name }: Named) => ({
  value: String(id),
  label: name === code ? code : `${code} · ${name}`,
});

function zoneOptions({ facilities, zones }: Estate) {
  return facilities.map((facility) => ({
    group: option(facility).label,
    items: zones.filter(({ facility_id }) => facility_id === facility.id).map(option),
  }));
}
