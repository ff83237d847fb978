"use client";

import { Alert } from "@mantine/core";
import type { FieldErrors } from "@/lib/domain/values/problem";
import { Icon } from "../icons";

/** Why a call did nothing: in words, and by field where it is a field's. */
export type Fault = {
  detail: string;
  errors: FieldErrors;
  /** Of the answer; 0 where there was none. */
  status?: number;
};

type FaultNoteProps = {
  fault: Fault | null;
  /** Fields that say themselves what is wrong with them. */
  fields?: string[];
};

/** Errors that belong to no single field; nothing where there are none. */
export function FaultNote({ fault, fields = [] }: FaultNoteProps) {
  if (!fault) return null;
  const faulty = Object.keys(fault.errors);
  if (faulty.length > 0 && faulty.every((field) => fields.includes(field))) return null;
  const others = faulty.filter((field) => !fields.includes(field));
  const text = others.length > 0 ? others.flatMap((field) => fault.errors[field]) : [fault.detail];
  return <Failure>{text.join(" ")}</Failure>;
}

/** Says that something did not work, and why. */
export function Failure({ children }: { children: React.ReactNode }) {
  return (
    <Alert color="red" variant="light" role="alert" icon={<Icon name="critical" />}>
      {children}
    </Alert>
  );
}
