"use client";

import { TextInput } from "@mantine/core";
import type { FieldsOf } from "@/app/_ui/forms/record-form-body";

type PlaceNamesProps = { form: FieldsOf<{ name: string; code: string }>; codeHint: string };

/** What a facility or a zone is called. */
export function PlaceNames({ form, codeHint }: PlaceNamesProps) {
  return (
    <>
      <TextInput label="Name" required maxLength={200} {...form.input("name")} data-autofocus />
      <TextInput
        label="Code"
        description={codeHint}
        required
        maxLength={128}
        {...form.input("code")}
      />
    </>
  );
}
