"use client";

import { Button } from "@mantine/core";
import { useMounted } from "@mantine/hooks";

type SubmitButtonProps = { sending: boolean; disabled?: boolean; children: string };

/** Sends a form, once this page's script is there to do it: without it Enter does nothing too. */
export function SubmitButton({ sending, disabled = false, children }: SubmitButtonProps) {
  const ready = useMounted();
  return (
    <Button type="submit" size="md" fullWidth loading={sending} disabled={!ready || disabled}>
      {children}
    </Button>
  );
}
