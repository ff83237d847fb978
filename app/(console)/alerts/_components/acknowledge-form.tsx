"use client";

import { Textarea } from "@mantine/core";
import { figure } from "@/app/_ui/figures";
import { RecordForm } from "@/app/_ui/record-form";
import { MOST_ALERTS_AT_ONCE } from "@/lib/domain/alerting";
import { type Acknowledged, acknowledgement, type Choice, countOf } from "./alert-messages";

type AcknowledgeFormProps = {
  choice: Choice;
  onClose: () => void;
  onDone: (answer: Acknowledged, byKeyboard: boolean) => void;
};

/** Asks for a comment before alerts are acknowledged. */
export function AcknowledgeForm({ choice, onClose, onDone }: AcknowledgeFormProps) {
  let byKeyboard = false;
  return (
    <RecordForm<{ comment: string }, Acknowledged>
      values={{ comment: "" }}
      call={({ comment }) => {
        byKeyboard = document.activeElement?.matches("button:focus-visible") ?? false;
        return ["POST", "/api/alerts/acknowledge", acknowledgement(choice, comment)];
      }}
      onDone={(answer) => onDone(answer, byKeyboard)}
      action="Acknowledge"
      onClose={onClose}
    >
      {(form) => (
        <>
          <p>
            Acknowledging shows your colleagues that someone is handling it. The alert stays in the
            list until its cause is gone.
          </p>
          {countOf(choice) > MOST_ALERTS_AT_ONCE ? (
            <p>
              Only the newest {figure(MOST_ALERTS_AT_ONCE)} are acknowledged at once; repeat it for
              the rest.
            </p>
          ) : null}
          <Textarea
            label="Comment"
            description="Optional. Kept in the timeline of each alert."
            autosize
            minRows={3}
            maxLength={2_000}
            {...form.input("comment")}
            data-autofocus
          />
        </>
      )}
    </RecordForm>
  );
}
