"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { Icon } from "@/app/_ui/icons";
import { useQueryNavigation } from "@/app/_ui/query-navigation";
import { DEVICE_STATUSES, type DeviceStatus } from "@/lib/domain/health";
import classes from "./heartbeat.module.css";

const WORDS: Record<DeviceStatus, string> = { OK: "OK", WARNING: "Warning", CRITICAL: "Critical" };
const TYPING_PAUSE_MS = 350;

type HeartbeatFiltersProps = { search: string; status: DeviceStatus | null };

/** What narrows the list down; kept in the address, so that a view can be sent to somebody. */
export function HeartbeatFilters({ search, status }: HeartbeatFiltersProps) {
  const { go } = useQueryNavigation();
  const [text, setText] = useState(search);
  const [asked, setAsked] = useState(search);
  const [inView, setInView] = useState(search);
  if (inView !== search) {
    setInView(search);
    // Back and forward change the search too, and the field follows; typing is left alone.
    if (search !== asked) {
      setText(search);
      setAsked(search);
    }
  }
  const find = (wanted: string) => {
    setAsked(wanted.trim());
    go({ search: wanted.trim() || null, after: null }, { replace: true });
  };
  const findSoon = useDebouncedCallback(find, TYPING_PAUSE_MS);
  return (
    <search className={classes.filters}>
      <TextInput
        type="search"
        label="Search"
        placeholder="Device code or name"
        maxLength={200}
        className={classes.search}
        leftSection={<Icon name="search" />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          findSoon(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") find(text);
        }}
      />
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
