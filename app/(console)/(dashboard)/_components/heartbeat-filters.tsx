"use client";

import { NativeSelect } from "@mantine/core";
import { CONNECTION_OPTIONS } from "@/app/_ui/connection-words";
import { useQueryNavigation } from "@/app/_ui/query-navigation";
import { SearchField } from "@/app/_ui/search-field";
import type { Connection } from "@/lib/domain/connection";
import { DEVICE_STATUSES, type DeviceStatus } from "@/lib/domain/health";
import classes from "./heartbeat.module.css";

const WORDS: Record<DeviceStatus, string> = { OK: "OK", WARNING: "Warning", CRITICAL: "Critical" };

export type HeartbeatFilter = {
  search: string;
  status: DeviceStatus | null;
  connection: Connection | null;
};

/** What narrows the list down; kept in the address, so that a link shows the same. */
export function HeartbeatFilters({ search, status, connection }: HeartbeatFilter) {
  const { go } = useQueryNavigation();
  return (
    <search className={classes.filters}>
      <SearchField search={search} placeholder="Device code or name" className={classes.search} />
      <NativeSelect
        label="Status"
        className={classes.statusFilter}
        value={status ?? ""}
        onChange={(event) => go({ status: event.currentTarget.value || null, after: null })}
        data={[
          { value: "", label: "All" },
          ...DEVICE_STATUSES.map((value) => ({ value, label: WORDS[value] })),
        ]}
      />
      <NativeSelect
        label="Connection"
        className={classes.statusFilter}
        value={connection ?? ""}
        onChange={(event) => go({ connection: event.currentTarget.value || null, after: null })}
        data={CONNECTION_OPTIONS}
      />
    </search>
  );
}
