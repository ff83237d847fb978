"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import classes from "./dialog.module.css";
import type { DialogProps } from "./dialog-window";
import { useFetchedSoon } from "./use-fetched-soon";

const load = () => import("./dialog-window");
const DialogWindow = dynamic(() => load().then(({ DialogWindow }) => DialogWindow), { ssr: false });
/** A dialog; the focus goes back to what opened it. A click beside it never throws away a form. */
export function Dialog(props: DialogProps) {
  const [wanted, setWanted] = useState(props.opened);
  if (props.opened && !wanted) setWanted(true);
  useFetchedSoon(load);
  return wanted ? <DialogWindow {...props} /> : null;
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
