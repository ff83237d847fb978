"use client";

import { Button } from "@mantine/core";
import { DialogButton, DialogButtons, DialogContent } from "@/app/_ui/dialogs/dialog";

type StepDialogProps = { action: string; title: string; children: React.ReactNode };

/** A button with the dialog that shows how something is done. */
export function StepDialog({ action, title, children }: StepDialogProps) {
  return (
    <DialogButton action={action} title={title}>
      {(close) => (
        <DialogContent>
          {children}
          <DialogButtons>
            <Button onClick={close} data-autofocus>
              Done
            </Button>
          </DialogButtons>
        </DialogContent>
      )}
    </DialogButton>
  );
}
