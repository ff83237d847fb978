"use client";

import { Button, Modal } from "@mantine/core";
import classes from "./dialog.module.css";

type DialogProps = {
  title: string;
  opened: boolean;
  onClose: () => void;
  /** What it shows is shown once, so that only its own button closes it. */
  held?: boolean;
  /** It shows a table. */
  wide?: boolean;
  children: React.ReactNode;
};

/** A dialog; the focus goes back to what opened it. A click beside it never throws away a form. */
export function Dialog(props: DialogProps) {
  const { title, opened, onClose, held = false, wide = false, children } = props;
  return (
    <Modal
      title={title}
      opened={opened}
      onClose={onClose}
      size={wide ? "62rem" : "lg"}
      withCloseButton={!held}
      closeOnEscape={!held}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
      transitionProps={{ duration: 0 }}
      classNames={{ title: classes.title, content: classes.content, header: classes.header }}
    >
      {children}
    </Modal>
  );
}

/** What a dialog shows where it asks for nothing. */
export function DialogContent({ children }: { children: React.ReactNode }) {
  return <div className={classes.parts}>{children}</div>;
}

/** The buttons at the end of a dialog. */
export function DialogButtons({ children }: { children: React.ReactNode }) {
  return <div className={classes.buttons}>{children}</div>;
}

type SubmitOrCancelProps = { action: string; busy: boolean; onClose: () => void };

/** The buttons of a dialog that asks for something. */
export function SubmitOrCancel({ action, busy, onClose }: SubmitOrCancelProps) {
  return (
    <DialogButtons>
      <Button variant="default" onClick={onClose}>
        Cancel
      </Button>
      <Button type="submit" loading={busy}>
        {action}
      </Button>
    </DialogButtons>
  );
}

type DialogFormProps = { onSubmit: () => void; children: React.ReactNode };

/** What a dialog asks for; the server checks it, so that browsers don't. */
export function DialogForm({ onSubmit, children }: DialogFormProps) {
  return (
    <form
      noValidate
      className={classes.parts}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
