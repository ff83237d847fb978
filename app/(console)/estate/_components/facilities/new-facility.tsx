"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_ui/dialogs/dialog";

const FacilityForm = dynamic(() => import("./facility-form").then((file) => file.FacilityForm), {
  ssr: false,
});
export function NewFacility() {
  return (
    <DialogButton look="filled" action="New facility" title="New facility">
      {(close) => <FacilityForm facility={null} onClose={close} />}
    </DialogButton>
  );
}
