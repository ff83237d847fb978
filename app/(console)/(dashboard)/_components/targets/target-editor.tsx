"use client";

import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import classes from "./targets.module.css";
import { wholeNumber } from "./whole-number";

type TargetEditorProps = {
  name: string;
  initial: string;
  /** Why the last attempt was refused. */
  fault: string | null;
  busy: boolean;
  onSave: (value: number) => void;
  onCancel: () => void;
  onRemove: () => void;
};

/** A target in the making: Enter saves it, Escape leaves it as it was. */
export function TargetEditor(props: TargetEditorProps) {
  const { name, initial, fault, busy, onSave, onCancel, onRemove } = props;
  const [text, setText] = useState(initial);
  const [wrong, setWrong] = useState<string | null>(null);
  const submit = () => {
    const read = wholeNumber(text);
    if (read.value === null) setWrong(read.fault);
    else onSave(read.value);
  };
  return (
    <form
      noValidate
      className={classes.editor}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <TextInput
        autoFocus
        type="number"
        min={0}
        step={1}
        size="xs"
        aria-label={`Target of ${name}, events`}
        className={classes.field}
        value={text}
        error={wrong ?? (text === initial ? fault : null)}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setWrong(null);
        }}
      />
      <Button type="submit" size="xs" loading={busy}>
        Save
      </Button>
      <Button variant="default" size="xs" onClick={onCancel}>
        Cancel
      </Button>
      <Button variant="subtle" color="gray" size="xs" onClick={onRemove} disabled={busy}>
        Remove
      </Button>
    </form>
  );
}
