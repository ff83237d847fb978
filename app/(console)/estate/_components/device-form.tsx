"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { DialogForm, SubmitOrCancel } from "@/app/_ui/dialog";
import { FaultNote } from "@/app/_ui/fault-note";
import { useChange } from "@/app/_ui/use-change";
import type { Device } from "@/lib/server/devices/read-devices";
import type { Zone } from "@/lib/server/zones/read-zones";
import { LimitInputs } from "./limit-inputs";
import { inheritedLimits, LIMIT_NAMES, limitMessage, limitTexts } from "./limits";
import { useFields } from "./use-fields";
import type { FacilityAbove } from "./zone-form";
import { ZoneSelect } from "./zone-select";

const FIELDS = ["zone_id", "code", "name", ...LIMIT_NAMES];

type DeviceFormProps = {
  /** Null for a new one. */
  device: Device | null;
  /** Where it is, or where a new one begins. */
  zone: Zone | null;
  facilities: FacilityAbove[];
  /** The facility in view, as it is in the address. */
  facility: string | null;
  onClose: () => void;
};

/** What a device is called, which zone it is in, and its own limits. */
export function DeviceForm({ device, zone, facilities, facility, onClose }: DeviceFormProps) {
  const { send, busy, fault, faultOf } = useChange();
  const [chosen, setChosen] = useState(zone);
  const { texts, set, input } = useFields(
    { code: device?.code ?? "", name: device?.name ?? "", ...limitTexts(device) },
    faultOf,
  );
  const save = async () => {
    const message = {
      ...limitMessage(texts),
      code: texts.code,
      name: texts.name.trim() || null,
      zone_id: chosen?.id,
    };
    const done = device
      ? await send("PATCH", `/api/devices/${device.id}`, message)
      : await send("POST", "/api/devices", message);
    if (done) onClose();
  };
  return (
    <DialogForm onSubmit={save}>
      <TextInput
        label="Code"
        description="The code that the device sends. Must be unique."
        required
        maxLength={128}
        {...input("code")}
        data-autofocus
      />
      <TextInput label="Name" maxLength={200} {...input("name")} />
      <ZoneSelect
        label="Zone"
        placeholder="Code or name"
        value={chosen}
        onChange={setChosen}
        facility={device ? undefined : (facility ?? undefined)}
        error={faultOf("zone_id") && (chosen ? faultOf("zone_id") : "Choose a zone.")}
      />
      {device && chosen?.id !== device.zone_id ? <p>The device moves with its history.</p> : null}
      <LimitInputs
        texts={texts}
        inherited={inheritedLimits(levelsAbove(chosen, facilities))}
        onChange={set}
        faultOf={faultOf}
      />
      <FaultNote fault={fault} fields={FIELDS} />
      <SubmitOrCancel action={device ? "Save" : "Create device"} busy={busy} onClose={onClose} />
    </DialogForm>
  );
}

function levelsAbove(zone: Zone | null, facilities: FacilityAbove[]) {
  if (!zone) return [];
  const facility = facilities.find(({ id }) => id === zone.facility_id);
  return [
    { called: `zone ${zone.code}`, limits: zone },
    ...(facility ? [{ called: `facility ${facility.code}`, limits: facility }] : []),
  ];
}
