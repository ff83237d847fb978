"use client";

import { DateInput } from "@mantine/dates";

type DateFieldProps = {
  label: string;
  description?: string;
  /** YYYY-MM-DD; null for none. */
  value: string | null;
  onChange: (date: string | null) => void;
  earliest?: string;
  latest?: string;
  error?: string;
  className?: string;
};

/** A date that can be typed, chosen or left out. */
export function DateField(props: DateFieldProps) {
  const { label, description, value, onChange, earliest, latest, error, className } = props;
  return (
    <DateInput
      clearable
      label={label}
      description={description}
      placeholder="YYYY-MM-DD"
      valueFormat="YYYY-MM-DD"
      className={className}
      value={value}
      error={error}
      minDate={earliest}
      maxDate={latest}
      dateParser={(text) => (isDate(text.trim()) ? text.trim() : null)}
      clearButtonProps={{ "aria-label": `Clear: ${label}` }}
      onChange={onChange}
    />
  );
}

/** Only a date that is typed to its end counts. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
