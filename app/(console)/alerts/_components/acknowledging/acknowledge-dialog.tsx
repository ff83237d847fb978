"use client";

import { Textarea } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/app/_ui/dialogs/dialog";
import { DialogForm } from "@/app/_ui/forms/dialog-form";
import { useChange } from "@/app/_ui/forms/use-change";
import { counted, figure } from "@/app/_ui/words/figures";
import { MOST_ALERTS_AT_ONCE } from "@/lib/domain/alerts/alerting";
import { type Acknowledged, acknowledgement, type Choice, countOf } from "../alert/alert-messages";

type AcknowledgeDialogProps = {
  /** Null while the dialog is closed. */
  choice: Choice | null;
  onClose: () => void;
  onDone: (answer: Acknowledged, byKeyboard: boolean) => void;
};

/** Asks for a comment before alerts are acknowledged. */
export function AcknowledgeDialog({ choice, onClose, onDone }: AcknowledgeDialogProps) {
  const [last, setLast] = useState<Choice | null>(choice);
  // What is closing keeps its words.
  if (choice !== null && choice !== last) setLast(choice);
  const count = last ? countOf(last) : 0;
  return (
    <Dialog
      title={count === 1 ? "Acknowledge this alert" : `Acknowledge ${counted(count, "alert")}`}
      opened={choice !== null}
      onClose={onClose}
    >
      {choice ? <AcknowledgeForm choice={choice} onClose={onClose} onDone={onDone} /> : null}
    </Dialog>
  );
}

type AcknowledgeFormProps = Omit<AcknowledgeDialogProps, "choice"> & { choice: Choice };

// Fetched with the page, and not with the form kit: who opens it with the keyboard types at once.
function AcknowledgeForm({ choice, onClose, onDone }: AcknowledgeFormProps) {
  const { send, faultOf, ...change } = useChange();
  const [comment, setComment] = useState("");
  const submit = async () => {
    const byKeyboard = document.activeElement?.matches("button:focus-visible") ?? false;
    const message = acknowledgement(choice, comment);
    const answer = await send<Acknowledged>("POST", "/api/alerts/acknowledge", message);
    if (answer) onDone(answer.body, byKeyboard);
  };
  return (
    <DialogForm
      form={{ ...change, submit, fields: ["comment"] }}
      action="Acknowledge"
      onClose={onClose}
    >
      <p>
        Acknowledging shows your colleagues that someone is handling it. The alert stays in the list
        until its cause is gone.
      </p>
      {countOf(choice) > MOST_ALERTS_AT_ONCE ? (
        <p>
          Only the newest {figure(MOST_ALERTS_AT_ONCE)} are acknowledged at once; repeat it for the
          rest.
        </p>
      ) : null}
      <Textarea
        label="Comment"
        description="Optional. Kept in the timeline of each alert."
        autosize
        minRows={3}
        maxLength={2_000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        error={faultOf("comment")}
        data-autofocus
      />
    </DialogForm>
  );
}
