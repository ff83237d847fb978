"use client";

import { TextInput } from "@mantine/core";
import { RecordForm, saving } from "@/app/_ui/forms/record-form";
import type { Device } from "@/lib/server/devices/read-devices";
import type { Zone } from "@/lib/server/zones/read-zones";
import { LimitInputs } from "../limit-inputs";
import { facilityLevel, inheritedLimits, limitMessage, limitTexts } from "../limits";
import type { FacilityAbove } from "../zones/zone-form";
import { ZoneSelect } from "../zones/zone-select";

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
  return (
    <RecordForm
      values={{
        code: device?.code ?? "",
        name: device?.name ?? "",
        zone_id: zone,
        ...limitTexts(device),
      }}
      call={({ code, name, zone_id, ...limits }) => {
        const where = { code, name: name.trim() || null, zone_id: zone_id?.id };
        return saving("/api/devices", device, { ...limitMessage(limits), ...where });
      }}
      onDone={onClose}
      action={device ? "Save" : "Create device"}
      onClose={onClose}
    >
      {(form) => {
        const chosen = form.values.zone_id;
        return (
          <>
            <TextInput
              label="Code"
              description="The code that the device sends. Must be unique."
              required
              maxLength={128}
              {...form.input("code")}
              data-autofocus
            />
            <TextInput label="Name" maxLength={200} {...form.input("name")} />
            <ZoneSelect
              label="Zone"
              placeholder="Code or name"
              value={chosen}
              {...form.input("zone_id")}
              facility={device ? undefined : (facility ?? undefined)}
            />
            {device && chosen?.id !== device.zone_id ? (
              <p>The device moves with its history.</p>
            ) : null}
            <LimitInputs form={form} inherited={inheritedLimits(levelsAbove(chosen, facilities))} />
          </>
        );
      }}
    </RecordForm>
  );
}

function levelsAbove(zone: Zone | null, facilities: FacilityAbove[]) {
  if (!zone) return [];
  const facility = facilities.find(({ id }) => id === zone.facility_id);
  return [{ called: `zone ${zone.code}`, limits: zone }, ...facilityLevel(facility)];
}
