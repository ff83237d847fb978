"use client";

import { Button } from "@mantine/core";
import type { Choice } from "../alert/alert-messages";
import { useAcknowledging } from "./acknowledging";
import classes from "./row-controls.module.css";

type ActionProps = {
  action: string;
  /** What it is done to, for who can't see beside what the button is. */
  of: string;
  /** Whether it is what the page is about, not one of many in a list. */
  main?: boolean;
  onClick: () => void;
};

/** Lists have a hundred of them: those are plain buttons, which cost next to nothing to render. */
function Action({ action, of, main = false, onClick }: ActionProps) {
  const label = `${action}: ${of}`;
  if (main) {
    return (
      <Button aria-label={label} onClick={onClick}>
        {action}
      </Button>
    );
  }
  return (
    <button type="button" className={classes.button} aria-label={label} onClick={onClick}>
      {action}
    </button>
  );
}

type AcknowledgeButtonProps = Pick<ActionProps, "of" | "main"> & {
  choice: Choice;
  action?: string;
};

/** Acknowledges; nothing for who may not. */
export function AcknowledgeButton(props: AcknowledgeButtonProps) {
  const { choice, action = "Acknowledge", ...rest } = props;
  const acknowledging = useAcknowledging();
  if (!acknowledging) return null;
  return <Action action={action} onClick={() => acknowledging.ask(choice)} {...rest} />;
}

type TakeBackButtonProps = Pick<ActionProps, "of" | "main"> & { id: number };

/** Takes back one's own acknowledgement; nothing for who may not. */
export function TakeBackButton({ id, ...rest }: TakeBackButtonProps) {
  const acknowledging = useAcknowledging();
  if (!acknowledging) return null;
  return (
    <Action action="Undo acknowledgement" onClick={() => acknowledging.undo([id])} {...rest} />
  );
}
