"use client";

import { NativeSelect } from "@mantine/core";
import { useQueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { SearchField } from "@/app/_ui/forms/search-field";
import records from "@/app/_ui/tables/records.module.css";
import { STATE_OPTIONS, STATUS_OPTIONS } from "@/app/_ui/words/device-words";
import type { DeviceStatus } from "@/lib/domain/devices/health";
import type { StateFilter } from "@/lib/domain/devices/live";
import type { DashboardView } from "../../view";
import classes from "./heartbeat-filters.module.css";

export type HeartbeatFilter = {
  search: string;
  status: DeviceStatus | null;
  state: StateFilter | null;
};

/** What narrows the list down; kept in the address, so that a link shows the same. */
export function HeartbeatFilters({ search, status, state }: HeartbeatFilter) {
  const { go } = useQueryNavigation<DashboardView>();
  return (
    <search className={records.filters}>
      <SearchField search={search} placeholder="Device code or name" className={records.search} />
      <NativeSelect
        label="Status"
        className={classes.choice}
        value={status ?? ""}
        onChange={(event) => go({ status: event.currentTarget.value || null, after: null })}
        data={STATUS_OPTIONS}
      />
      <NativeSelect
        label="State"
        className={classes.choice}
        value={state ?? ""}
        onChange={(event) => go({ state: event.currentTarget.value || null, after: null })}
        data={STATE_OPTIONS}
      />
    </search>
  );
}
