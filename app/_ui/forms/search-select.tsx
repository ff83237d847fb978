"use client";

import { Select, type SelectProps } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { callApi } from "./api-call";

const TYPING_PAUSE_MS = 250;
const MOST_OFFERED = 20;

type SearchSelectProps<T> = Omit<SelectProps, "data" | "value" | "onChange" | "ref"> & {
  /** The list in the API, and what narrows it down. */
  path: string;
  query?: Record<string, string>;
  labelOf: (one: T) => string;
  /** What is said where none matches. */
  none: string;
  value: T | null;
  onChange: (one: T | null) => void;
  /** Takes the focus, and opens, as soon as it is there. */
  focused?: boolean;
};

/** One of many that are in use: the server looks for those that match what is typed. */
export function SearchSelect<T extends { id: number }>(props: SearchSelectProps<T>) {
  const { path, query, labelOf, none, value, onChange, focused, ...shown } = props;
  const [offered, setOffered] = useState<T[]>([]);
  const [note, setNote] = useState("Type part of its code or name.");
  const all = value && !offered.some(({ id }) => id === value.id) ? [value, ...offered] : offered;
  const find = async (text: string) => {
    const search = { ...query, search: text, limit: String(MOST_OFFERED), retired: "false" };
    const result = await callApi<T[]>("GET", `${path}?${new URLSearchParams(search)}`);
    if (!result.ok) return setNote(result.detail);
    setNote(none);
    setOffered(result.body);
  };
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);
  const findSoon = useDebouncedCallback(find, TYPING_PAUSE_MS);
  return (
    <Select
      {...shown}
      ref={field}
      searchable
      data={all.map((one) => ({ value: String(one.id), label: labelOf(one) }))}
      value={value ? String(value.id) : null}
      onChange={(id) => onChange(all.find((one) => String(one.id) === id) ?? null)}
      onFocus={() => {
        if (offered.length === 0) void find("");
      }}
      onSearchChange={(text) => {
        // A choice is put into the field too.
        if (!all.some((one) => labelOf(one) === text)) findSoon(text);
      }}
      nothingFoundMessage={note}
    />
  );
}
