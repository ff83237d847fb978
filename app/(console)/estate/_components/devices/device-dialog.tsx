"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_ui/dialogs/dialog";
import type { Zone } from "@/lib/server/zones/read-zones";
import type { FacilityAbove } from "../zones/zone-form";

const DeviceForm = dynamic(() => import("./device-form").then((file) => file.DeviceForm), {
  ssr: false,
});
type NewDeviceProps = {
  zone: Zone | null;
  facilities: FacilityAbove[];
  facility: string | null;
  /** It is not what the page is for now. */
  quiet?: boolean;
};

export function NewDevice({ quiet, ...given }: NewDeviceProps) {
  return (
    <DialogButton look={quiet ? "default" : "filled"} action="New device" title="New device">
      {(close) => <DeviceForm device={null} {...given} onClose={close} />}
    </DialogButton>
  );
}
