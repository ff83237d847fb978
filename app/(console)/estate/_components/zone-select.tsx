"use client";

import { Select } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { callApi } from "@/app/_ui/api-call";
import type { Zone } from "@/lib/server/zones/read-zones";
import { zoneLabel } from "./zone-label";

const TYPING_PAUSE_MS = 250;
const MOST_OFFERED = 20;

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

/** One of many zones: the server looks for those that match what is typed. */
export function ZoneSelect(props: ZoneSelectProps) {
  const { value, onChange, facility, autoFocus, focused, error, ...shown } = props;
  const [offered, setOffered] = useState<Zone[]>([]);
  const [note, setNote] = useState("Type part of its code or name.");
  const zones = value && !offered.some(({ id }) => id === value.id) ? [value, ...offered] : offered;
  const find = async (text: string) => {
    const query = new URLSearchParams({
      ...(facility ? { facility } : {}),
      search: text,
      limit: String(MOST_OFFERED),
      retired: "false",
    });
    const result = await callApi<Zone[]>("GET", `/api/zones?${query}`);
    if (!result.ok) return setNote(result.detail);
    setNote("No zone in use matches.");
    setOffered(result.body);
  };
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);
  const findSoon = useDebouncedCallback(find, TYPING_PAUSE_MS);
  return (
    <Select
      ref={field}
      {...shown}
      searchable
      data={zones.map((zone) => ({ value: String(zone.id), label: zoneLabel(zone) }))}
      value={value ? String(value.id) : null}
      onChange={(id) => onChange(zones.find((zone) => String(zone.id) === id) ?? null)}
      onFocus={() => {
        if (offered.length === 0) void find("");
      }}
      onSearchChange={(text) => {
        // A choice is put into the field too.
        if (!zones.some((zone) => zoneLabel(zone) === text)) findSoon(text);
      }}
      nothingFoundMessage={note}
      error={error && (value ? error : "Choose a zone.")}
      allowDeselect={false}
      clearButtonProps={{ "aria-label": `Clear: ${props.label}` }}
      data-autofocus={autoFocus || undefined}
    />
  );
}
