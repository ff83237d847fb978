"use client";

import { useQueryNavigation } from "@/app/_ui/query-navigation";
import records from "@/app/_ui/records.module.css";
import type { Zone } from "@/lib/server/zones/read-zones";
import { ZoneSelect } from "./zone-select";

type ZoneFilterProps = { zone: Zone | null; facility: string | null };

/** Which zone a list is narrowed down to, as `zone` in the address. */
export function ZoneFilter({ zone, facility }: ZoneFilterProps) {
  const { go } = useQueryNavigation();
  return (
    <ZoneSelect
      label="Zone"
      placeholder="All zones"
      className={records.search}
      value={zone}
      onChange={(chosen) => go({ zone: chosen ? String(chosen.id) : null, after: null })}
      facility={facility ?? undefined}
      clearable
    />
  );
}
