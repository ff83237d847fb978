"use client";

import { Button } from "@mantine/core";
import { useAcknowledging } from "./acknowledging";
import type { Choice } from "./alert-messages";

type AcknowledgeButtonProps = {
  choice: Choice;
  /** What is acknowledged, for who can't see beside what the button is. */
  of: string;
  children?: React.ReactNode;
  size?: "xs" | "sm";
};

/** Acknowledges; nothing for who may not. */
export function AcknowledgeButton(props: AcknowledgeButtonProps) {
  const { choice, of, children = "Acknowledge", size = "xs" } = props;
  const acknowledging = useAcknowledging();
  if (!acknowledging) return null;
  return (
    <Button
      variant={size === "xs" ? "default" : "filled"}
      size={size}
      aria-label={typeof children === "string" ? `${children}: ${of}` : undefined}
      onClick={() => acknowledging.ask(choice)}
    >
      {children}
    </Button>
  );
}

type TakeBackButtonProps = { id: number; of: string; size?: "xs" | "sm" };

/** Takes back one's own acknowledgement; nothing for who may not. */
export function TakeBackButton({ id, of, size = "xs" }: TakeBackButtonProps) {
  const acknowledging = useAcknowledging();
  if (!acknowledging) return null;
  return (
    <Button
      variant="default"
      size={size}
      aria-label={`Take back: ${of}`}
      onClick={() => acknowledging.undo([id])}
    >
      Take back
    </Button>
  );
}
