"use client";

import { Select } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { callApi } from "@/app/_ui/api-call";
import type { Device } from "@/lib/server/devices/read-devices";

const TYPING_PAUSE_MS = 250;
const MOST_OFFERED = 20;

type DeviceSelectProps = { value: string; onChange: (id: string) => void; error?: string };

/** One of many thousand devices: the server looks for those that match what is typed. */
export function DeviceSelect({ value, onChange, error }: DeviceSelectProps) {
  const [offered, setOffered] = useState<{ value: string; label: string }[]>([]);
  const [note, setNote] = useState("Type part of its code or name.");
  const find = async (text: string) => {
    const query = new URLSearchParams({
      search: text,
      limit: String(MOST_OFFERED),
      retired: "false",
    });
    const result = await callApi<Device[]>("GET", `/api/devices?${query}`);
    if (!result.ok) return setNote(result.detail);
    setNote("No device matches.");
    setOffered(
      result.body.map(({ id, code, zone_code }) => ({
        value: String(id),
        label: `${code} · zone ${zone_code}`,
      })),
    );
  };
  const findSoon = useDebouncedCallback(find, TYPING_PAUSE_MS);
  return (
    <Select
      searchable
      label="Device"
      placeholder="Code or name"
      data={offered}
      value={value || null}
      onChange={(id) => onChange(id ?? "")}
      onFocus={() => {
        if (offered.length === 0) void find("");
      }}
      onSearchChange={(text) => {
        // A choice is put into the field too.
        if (!offered.some(({ label }) => label === text)) findSoon(text);
      }}
      // What the server has found matches already.
      filter={({ options }) => options}
      nothingFoundMessage={note}
      error={error}
    />
  );
}
