"use client";

import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { useChange } from "@/app/_ui/use-change";

export type Noun = "facility" | "zone" | "device";
/** What a dialog is about: `path` is its address in the API. */
export type Subject = { noun: Noun; path: string; code: string; retired: boolean };

/** What retiring each of them means. */
const MEANS: Record<Noun, string> = {
  facility: "Messages from all its devices are refused, and their alerts are resolved.",
  zone: "Messages from its devices are refused, and their alerts are resolved.",
  device: "Its messages are refused, and its alerts are resolved.",
};

type SubjectDialogProps = { subject: Subject; onClose: () => void };

/** Asks before something goes out of use, or comes back. */
export function RetireDialog({ subject, onClose }: SubjectDialogProps) {
  const { send, busy, fault } = useChange();
  const { noun, path, code, retired } = subject;
  const change = async () => {
    if (await send("PATCH", path, { retired: !retired })) onClose();
  };
  return (
    <ConfirmDialog
      title={`${retired ? "Restore" : "Retire"} ${noun} ${code}?`}
      opened
      onClose={onClose}
      action={retired ? "Restore" : "Retire"}
      busy={busy}
      fault={fault}
      onConfirm={change}
    >
      {retired ? (
        <p>Messages are accepted again, and rules raise alerts.</p>
      ) : (
        <p>{MEANS[noun]} Its history stays, and it can be restored at any time.</p>
      )}
    </ConfirmDialog>
  );
}

/** Asks before something that has no history is deleted; what has one can only be retired. */
export function DeleteDialog({ subject, onClose }: SubjectDialogProps) {
  const { send, busy, fault } = useChange();
  const { noun, path, code, retired } = subject;
  const remove = async () => {
    if (await send("DELETE", path)) onClose();
  };
  const used = fault?.status === 409;
  const instead = retired ? "It is already retired." : "Retire it instead.";
  // The API's own words tell scripts how; people have a button.
  const why = fault?.detail.split(/ and can't be deleted/)[0];
  return (
    <ConfirmDialog
      title={`Delete ${noun} ${code}?`}
      opened
      onClose={onClose}
      action="Delete permanently"
      final
      busy={busy}
      fault={used ? { errors: {}, detail: `${why}, so it can't be deleted. ${instead}` } : fault}
      onConfirm={remove}
    >
      <p>
        Only what has no history can be deleted: a {noun} that was made by mistake. It can't be
        brought back.
      </p>
    </ConfirmDialog>
  );
}
