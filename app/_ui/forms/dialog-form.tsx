"use client";

import { Button } from "@mantine/core";
import { DialogButtons } from "../dialogs/dialog";
import classes from "../dialogs/dialog.module.css";
import { type Fault, FaultNote } from "./fault-note";

type DialogFormProps = {
  form: {
    submit: () => void;
    busy: boolean;
    fault: Fault | null;
    /** Fields that say themselves what is wrong with them. */
    fields?: string[];
  };
  /** What it does, on its button. */
  action: string;
  /** Whether that can't be undone. */
  final?: boolean;
  /** Which button has the focus at first, where no field has. */
  focused?: "cancel" | "action";
  onClose: () => void;
  children: React.ReactNode;
};

/** What a dialog asks for, or asks before; the server checks it, so that browsers don't. */
export function DialogForm({ form, action, final, focused, onClose, children }: DialogFormProps) {
  const { submit, busy, fault, fields } = form;
  return (
    <form
      noValidate
      className={classes.parts}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {children}
      <FaultNote fault={fault} fields={fields} />
      <DialogButtons>
        <Button
          variant="default"
          onClick={onClose}
          data-autofocus={focused === "cancel" || undefined}
        >
          Cancel
        </Button>
        <Button
          type="submit"
          color={final ? "red.9" : undefined}
          loading={busy}
          data-autofocus={focused === "action" || undefined}
        >
          {action}
        </Button>
      </DialogButtons>
    </form>
  );
}
