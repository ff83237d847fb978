"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { Icon } from "@/app/_ui/icons";
import classes from "./live.module.css";

type LiveSearchProps = { text: string; onChange: (text: string) => void };

/** Keeps what is typed by itself: the address follows, and may come back with another text. */
export function LiveSearch({ text, onChange }: LiveSearchProps) {
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  if (known !== text) {
    setKnown(text);
    setTyped(text);
  }
  return (
    <TextInput
      type="search"
      label="Search"
      placeholder="Device or zone"
      className={classes.search}
      maxLength={200}
      leftSection={<Icon name="search" />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        setKnown(event.currentTarget.value);
        onChange(event.currentTarget.value);
      }}
    />
  );
}
