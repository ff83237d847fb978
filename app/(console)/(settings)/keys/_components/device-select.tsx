"use client";

import { useState } from "react";
import { SearchSelect } from "@/app/_ui/forms/search-select";
import type { Device } from "@/lib/server/devices/read-devices";

type DeviceSelectProps = { onChange: (id: string) => void; error?: string };

/** One of many thousand devices. */
export function DeviceSelect({ onChange, error }: DeviceSelectProps) {
  const [chosen, setChosen] = useState<Device | null>(null);
  return (
    <SearchSelect<Device>
      label="Device"
      placeholder="Code or name"
      path="/api/devices"
      labelOf={({ code, zone_code }) => `${code} · zone ${zone_code}`}
      none="No device matches."
      value={chosen}
      onChange={(device) => {
        setChosen(device);
        onChange(String(device?.id ?? ""));
      }}
      // What the server has found matches already.
      filter={({ options }) => options}
      error={error}
    />
  );
}
