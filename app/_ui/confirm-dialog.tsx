"use client";

import { Button } from "@mantine/core";
import { Dialog, DialogButtons, DialogForm } from "./dialog";
import { type Fault, FaultNote } from "./fault-note";

type ConfirmDialogProps = {
  title: string;
  opened: boolean;
  onClose: () => void;
  /** What is done, on the button. */
  action: string;
  /** Whether it can't be undone. */
  final?: boolean;
  busy: boolean;
  fault: Fault | null;
  onConfirm: () => void;
  /** What happens then. */
  children: React.ReactNode;
};

/** Asks before something is done that stops someone's work. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, opened, onClose, action, final, busy, fault, onConfirm, children } = props;
  return (
    <Dialog title={title} opened={opened} onClose={onClose}>
      <DialogForm onSubmit={onConfirm}>
        {children}
        <FaultNote fault={fault} />
        <DialogButtons>
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button type="submit" color={final ? "red.9" : undefined} loading={busy}>
            {action}
          </Button>
        </DialogButtons>
      </DialogForm>
    </Dialog>
  );
}
