"use client";

import dynamic from "next/dynamic";
import { NewButton } from "./new-button";

const FacilityForm = dynamic(() => import("./facility-form").then((file) => file.FacilityForm), {
  ssr: false,
});
export function NewFacility() {
  return (
    <NewButton noun="facility">
      {(onClose) => <FacilityForm facility={null} onClose={onClose} />}
    </NewButton>
  );
}
