"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { EARLIEST_DATE, LATEST_DATE } from "@/lib/domain/values/dates";

export type DateFieldProps = {
  label: string;
  /** Whether the label is read out alone: what the field is, is plain to see. */
  labelHidden?: boolean;
  description?: string;
  /** YYYY-MM-DD; null for none. */
  value: string | null;
  onChange: (date: string | null) => void;
  earliest?: string;
  latest?: string;
  error?: string;
  className?: string;
};

/** A date in the browser's own field: it can be typed, chosen or left out. */
export function DateField(props: DateFieldProps) {
  const { label, labelHidden, description, value, onChange, error, className } = props;
  // A year that is typed passes through others.
  const { earliest = EARLIEST_DATE, latest = LATEST_DATE } = props;
  const [typed, setTyped] = useState(value ?? "");
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setTyped(value ?? "");
  }
  return (
    <TextInput
      type="date"
      {...(labelHidden ? { "aria-label": label } : { label })}
      description={description}
      className={className}
      value={typed}
      error={error}
      min={earliest}
      max={latest}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const whole = text === "" || (text >= earliest && text <= latest);
        if (whole && (text || null) !== value) onChange(text || null);
      }}
    />
  );
}
