"use client";

import { NativeSelect } from "@mantine/core";
import { useQueryNavigation } from "@/app/_ui/query-navigation";
import { SearchField } from "@/app/_ui/search-field";
import { DEVICE_STATUSES, type DeviceStatus } from "@/lib/domain/health";
import classes from "./heartbeat.module.css";

const WORDS: Record<DeviceStatus, string> = { OK: "OK", WARNING: "Warning", CRITICAL: "Critical" };

type HeartbeatFiltersProps = { search: string; status: DeviceStatus | null };

/** What narrows the list down; kept in the address, so that a view can be sent to somebody. */
export function HeartbeatFilters({ search, status }: HeartbeatFiltersProps) {
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
    </search>
  );
}
