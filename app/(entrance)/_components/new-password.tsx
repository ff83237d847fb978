"use client";

import { PasswordInput } from "@mantine/core";
import { useState } from "react";
import { MIN_PASSWORD_LENGTH } from "@/lib/domain/access/password";

/** Where a password is chosen. It can be shown, so it is not asked for twice. */
export function NewPassword({ error }: { error?: string }) {
  const [length, setLength] = useState(0);
  return (
    <PasswordInput
      name="password"
      label="Password"
      // An empty field's error says the same.
      description={error !== undefined && length === 0 ? undefined : lengthHint(length)}
      inputWrapperOrder={["label", "input", "description", "error"]}
      autoComplete="new-password"
      maxLength={256}
      onChange={(event) => setLength(event.currentTarget.value.length)}
      error={error}
      // Text fields have it by themselves.
      aria-invalid={error !== undefined}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
    />
  );
}

function lengthHint(length: number): string {
  if (length === 0) return `At least ${MIN_PASSWORD_LENGTH} characters. A few words work well.`;
  if (length < MIN_PASSWORD_LENGTH)
    return `${length} of at least ${MIN_PASSWORD_LENGTH} characters.`;
  return `${length} characters: long enough.`;
}
