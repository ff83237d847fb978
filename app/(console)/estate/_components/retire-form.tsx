"use client";

import { DialogForm } from "@/app/_ui/forms/dialog-form";
import { useChange } from "@/app/_ui/forms/use-change";

export type Noun = "facility" | "zone" | "device";
/** What a dialog is about. */
export type Subject = { noun: Noun; id: number; retired: boolean };

const PATHS: Record<Noun, string> = {
  facility: "/api/facilities",
  zone: "/api/zones",
  device: "/api/devices",
};

/** What retiring each of them means. */
const MEANS: Record<Noun, string> = {
  facility: "Messages from all its devices are refused, and their alerts are resolved.",
  zone: "Messages from its devices are refused, and their alerts are resolved.",
  device: "Its messages are refused, and its alerts are resolved.",
};

type SubjectProps = { subject: Subject; onClose: () => void };

/** Asks before something goes out of use, or comes back. */
export function RetireForm({ subject: { noun, id, retired }, onClose }: SubjectProps) {
  const { send, ...change } = useChange();
  const submit = async () => {
    if (await send("PATCH", `${PATHS[noun]}/${id}`, { retired: !retired })) onClose();
  };
  return (
    <DialogForm
      form={{ ...change, submit }}
      action={retired ? "Restore" : "Retire"}
      focused="cancel"
      onClose={onClose}
    >
      {retired ? (
        <p>Messages are accepted again, and rules raise alerts.</p>
      ) : (
        <p>{MEANS[noun]} Its history stays, and it can be restored at any time.</p>
      )}
    </DialogForm>
  );
}

/** Asks before something that has no history is deleted; what has one can only be retired. */
export function DeleteForm({ subject: { noun, id, retired }, onClose }: SubjectProps) {
  const { send, busy, fault } = useChange();
  const submit = async () => {
    if (await send("DELETE", `${PATHS[noun]}/${id}`)) onClose();
  };
  const used = fault?.status === 409;
  const instead = retired ? "It is already retired." : "Retire it instead.";
  // The API's own words tell scripts how; people have a button.
  const why = fault?.detail.split(/ and can't be deleted/)[0];
  const inWords = { errors: {}, detail: `${why}, so it can't be deleted. ${instead}` };
  return (
    <DialogForm
      form={{ submit, busy, fault: used ? inWords : fault }}
      action="Delete permanently"
      final
      focused="cancel"
      onClose={onClose}
    >
      <p>
        Only what has no history can be deleted: a {noun} that was made by mistake. It can't be
        brought back.
      </p>
    </DialogForm>
  );
}
