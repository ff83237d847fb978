"use client";

import { SearchSelect } from "@/app/_ui/forms/search-select";
import type { Zone } from "@/lib/server/zones/read-zones";
import { zoneLabel } from "./zone-label";

type ZoneSelectProps = {
  label: string;
  placeholder?: string;
  value: Zone | null;
  onChange: (zone: Zone | null) => void;
  /** Offers zones of this facility alone; an id or a code. */
  facility?: string;
  clearable?: boolean;
  error?: string;
  className?: string;
  /** Takes the focus when its dialog opens. */
  autoFocus?: boolean;
  /** Takes the focus, and opens, as soon as it is there. */
  focused?: boolean;
};

export function ZoneSelect({ facility, autoFocus, error, ...shown }: ZoneSelectProps) {
  return (
    <SearchSelect
      {...shown}
      path="/api/zones"
      query={facility ? { facility } : {}}
      labelOf={zoneLabel}
      none="No zone in use matches."
      allowDeselect={false}
      clearButtonProps={{ "aria-label": `Clear: ${shown.label}` }}
      error={error && (shown.value ? error : "Choose a zone.")}
      data-autofocus={autoFocus || undefined}
    />
  );
}
