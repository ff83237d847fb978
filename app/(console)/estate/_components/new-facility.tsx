"use client";

import { FacilityForm } from "./facility-form";
import { NewButton } from "./new-button";

export function NewFacility() {
  return (
    <NewButton noun="facility">
      {(onClose) => <FacilityForm facility={null} onClose={onClose} />}
    </NewButton>
  );
}
