"use client";

import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { useChange } from "@/app/_ui/use-change";
import type { User } from "@/lib/server/users/read-users";

type DisableUserProps = { user: User; own: boolean; opened: boolean; onClose: () => void };

/** Asks before a user can't sign in any more, or can again. */
export function DisableUser({ user, own, opened, onClose }: DisableUserProps) {
  const { send, busy, fault } = useChange();
  const { id, name, email, status } = user;
  const disabled = status === "disabled";
  const action = disabled ? "Enable" : "Disable";
  const change = async () => {
    if (await send("PATCH", `/api/users/${id}`, { disabled: !disabled })) onClose();
  };
  return (
    <ConfirmDialog
      title={`${action} ${name}?`}
      opened={opened}
      onClose={onClose}
      action={action}
      final={!disabled}
      busy={busy}
      fault={fault}
      onConfirm={change}
    >
      {disabled ? (
        <p>{email} can sign in again, with the same password, role and facilities as before.</p>
      ) : (
        <p>
          {own ? "This is you. " : null}
          {email} is signed out at once, everywhere, and can't sign in until enabled again. A link
          that was made for them ends. Keys that they made go on.
        </p>
      )}
    </ConfirmDialog>
  );
}
