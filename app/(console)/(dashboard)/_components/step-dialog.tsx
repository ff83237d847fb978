"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { Dialog, DialogButtons, DialogContent } from "@/app/_ui/dialog";

type StepDialogProps = { action: string; title: string; children: React.ReactNode };

/** A button with the dialog that shows how something is done. */
export function StepDialog({ action, title, children }: StepDialogProps) {
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {action}
      </Button>
      <Dialog title={title} opened={opened} onClose={close}>
        <DialogContent>
          {children}
          <DialogButtons>
            <Button onClick={close} data-autofocus>
              Done
            </Button>
          </DialogButtons>
        </DialogContent>
      </Dialog>
    </>
  );
}
