"use client";

import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { useQueryNavigation } from "../addresses/query-navigation";
import { Icon } from "../icons";

const TYPING_PAUSE_MS = 350;

type SearchFieldProps = { search: string; placeholder: string; className?: string };

/** What a list is searched for, as `search` in the address; a search begins at the first page. */
export function SearchField({ search, placeholder, className }: SearchFieldProps) {
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
    <TextInput
      type="search"
      label="Search"
      placeholder={placeholder}
      maxLength={200}
      className={className}
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
  );
}
