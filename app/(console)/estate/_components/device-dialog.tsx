"use client";

import dynamic from "next/dynamic";
import { Dialog } from "@/app/_ui/dialog";
import type { Device } from "@/lib/server/devices/read-devices";
import type { Zone } from "@/lib/server/zones/read-zones";
import { NewButton, type NewButtonLook } from "./new-button";
import { DeleteDialog, RetireDialog } from "./retire-dialog";
import type { RowAction } from "./row-actions";
import type { FacilityAbove } from "./zone-form";

const DeviceForm = dynamic(() => import("./device-form").then((file) => file.DeviceForm), {
  ssr: false,
});
type DeviceDialogProps = {
  action: RowAction;
  device: Device;
  zones: Zone[];
  facilities: FacilityAbove[];
  facility: string | null;
  onClose: () => void;
};

/** What was asked to be done with one device. */
export function DeviceDialog(props: DeviceDialogProps) {
  const { action, device, zones, facilities, facility, onClose } = props;
  const { id, code, retired } = device;
  const subject = { noun: "device" as const, path: `/api/devices/${id}`, code, retired };
  if (action === "retire") return <RetireDialog subject={subject} onClose={onClose} />;
  if (action === "delete") return <DeleteDialog subject={subject} onClose={onClose} />;
  return (
    <Dialog title={`Edit device ${code}`} opened onClose={onClose}>
      <DeviceForm
        device={device}
        zone={zones.find((zone) => zone.id === device.zone_id) ?? null}
        facilities={facilities}
        facility={facility}
        onClose={onClose}
      />
    </Dialog>
  );
}

type NewDeviceProps = NewButtonLook & {
  zone: Zone | null;
  facilities: FacilityAbove[];
  facility: string | null;
};

export function NewDevice({ zone, facilities, facility, quiet }: NewDeviceProps) {
  return (
    <NewButton noun="device" quiet={quiet}>
      {(onClose) => (
        <DeviceForm
          device={null}
          zone={zone}
          facilities={facilities}
          facility={facility}
          onClose={onClose}
        />
      )}
    </NewButton>
  );
}
