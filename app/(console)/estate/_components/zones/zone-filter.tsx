"use client";

import { TextInput } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useQueryNavigation } from "@/app/_ui/addresses/query-navigation";
import records from "@/app/_ui/tables/records.module.css";
import type { Zone } from "@/lib/server/zones/read-zones";
import { zoneLabel } from "./zone-label";

/** The list that the server fills is fetched when someone goes to the field. */
const ZoneSelect = dynamic(() => import("./zone-select").then((file) => file.ZoneSelect), {
  ssr: false,
  loading: () => <Field label="Loading…" />,
});

type ZoneFilterProps = { zone: Zone | null; facility: string | null };

/** Which zone a list is narrowed down to, as `zone` in the address. */
export function ZoneFilter({ zone, facility }: ZoneFilterProps) {
  const { go } = useQueryNavigation();
  const [wanted, setWanted] = useState(false);
  if (!wanted) {
    return <Field label={zone ? zoneLabel(zone) : ""} onFocus={() => setWanted(true)} />;
  }
  return (
    <ZoneSelect
      label="Zone"
      placeholder="All zones"
      className={records.search}
      value={zone}
      onChange={(chosen) => go({ zone: chosen ? String(chosen.id) : null, after: null })}
      facility={facility ?? undefined}
      clearable
      focused
    />
  );
}

/** Looks as the list does while it is closed. */
function Field({ label, onFocus }: { label: string; onFocus?: () => void }) {
  return (
    <TextInput
      label="Zone"
      placeholder="All zones"
      className={records.search}
      value={label}
      onFocus={onFocus}
      readOnly
    />
  );
}
