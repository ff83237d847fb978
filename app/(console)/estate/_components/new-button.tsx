"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/app/_ui/dialog";

/** `quiet`: it is not what the page is for now. */
export type NewButtonLook = { quiet?: boolean };

type NewButtonProps = NewButtonLook & {
  noun: string;
  children: (onClose: () => void) => React.ReactNode;
};

/** A button with the dialog that makes something new. */
export function NewButton({ noun, quiet = false, children }: NewButtonProps) {
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  return (
    <>
      <Button variant={quiet ? "default" : "filled"} onClick={() => setOpened(true)}>
        New {noun}
      </Button>
      <Dialog title={`New ${noun}`} opened={opened} onClose={close}>
        {children(close)}
      </Dialog>
    </>
  );
}
