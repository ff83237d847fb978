"use client";

import { RecordForm } from "@/app/_ui/forms/record-form";
import type { Device } from "@/lib/server/devices/read-devices";
import type { Zone } from "@/lib/server/zones/read-zones";
import { ZoneSelect } from "../zones/zone-select";

type MoveDevicesProps = { devices: Device[]; onMoved: () => void; onClose: () => void };

/** Asks for the zone into which devices are to move. */
export function MoveDevices({ devices, onMoved, onClose }: MoveDevicesProps) {
  return (
    <RecordForm<{ zone_id: Zone | null }>
      values={{ zone_id: null }}
      call={({ zone_id: zone }) => {
        const message = { device_ids: devices.map(({ id }) => id), zone_id: zone?.id };
        return ["POST", "/api/devices/move", message];
      }}
      onDone={onMoved}
      action="Move"
      onClose={onClose}
    >
      {(form) => (
        <>
          <p>
            Their history moves with them: past and future events count for the new zone. All
            devices move, or none.
          </p>
          <ZoneSelect
            label="To zone"
            placeholder="Code or name"
            value={form.values.zone_id}
            {...form.input("zone_id")}
            autoFocus
          />
        </>
      )}
    </RecordForm>
  );
}
