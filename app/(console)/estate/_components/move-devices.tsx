"use client";

import { useState } from "react";
import { Dialog, DialogForm, SubmitOrCancel } from "@/app/_ui/dialog";
import { FaultNote } from "@/app/_ui/fault-note";
import { counted } from "@/app/_ui/figures";
import { useChange } from "@/app/_ui/use-change";
import type { Device } from "@/lib/server/devices/read-devices";
import type { Zone } from "@/lib/server/zones/read-zones";
import { ZoneSelect } from "./zone-select";

type MoveDevicesProps = { devices: Device[]; onMoved: () => void; onClose: () => void };

/** Asks for the zone into which devices are to move. */
export function MoveDevices({ devices, onMoved, onClose }: MoveDevicesProps) {
  const { send, busy, fault, faultOf } = useChange();
  const [zone, setZone] = useState<Zone | null>(null);
  const move = async () => {
    const message = { device_ids: devices.map(({ id }) => id), zone_id: zone?.id };
    if (await send("POST", "/api/devices/move", message)) onMoved();
  };
  const what =
    devices.length === 1 ? `device ${devices[0]?.code}` : counted(devices.length, "device");
  return (
    <Dialog title={`Move ${what}`} opened onClose={onClose}>
      <DialogForm onSubmit={move}>
        <p>
          Their history moves with them: past and future events count for the new zone. All devices
          move, or none.
        </p>
        <ZoneSelect
          label="To zone"
          placeholder="Code or name"
          value={zone}
          onChange={setZone}
          error={faultOf("zone_id") && (zone ? faultOf("zone_id") : "Choose a zone.")}
          autoFocus
        />
        <FaultNote fault={fault} fields={["zone_id"]} />
        <SubmitOrCancel action="Move" busy={busy} onClose={onClose} />
      </DialogForm>
    </Dialog>
  );
}
