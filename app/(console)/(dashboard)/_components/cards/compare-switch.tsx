"use client";

import { Switch } from "@mantine/core";
import { useQueryNavigation } from "@/app/_ui/addresses/query-navigation";
import type { DashboardView } from "../../view";

/** Shows and hides the week before; kept in the address, so that a view can be sent to someone. */
export function CompareSwitch({ checked, name }: { checked: boolean; name: string }) {
  const { go } = useQueryNavigation<DashboardView>();
  return (
    <Switch
      size="xs"
      label={`Compare with ${name}`}
      checked={checked}
      onChange={(event) => go({ compare: event.currentTarget.checked ? null : "off" })}
    />
  );
}
