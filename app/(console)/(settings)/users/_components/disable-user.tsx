"use client";

import { useState } from "react";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { useChange } from "@/app/_ui/use-change";
import type { MadeKey } from "@/lib/server/keys/keys-made-by";
import type { User } from "@/lib/server/users/read-users";
import { type KeyChoice, KeysOfUser } from "./keys-of-user";

type DisableUserProps = {
  user: User;
  /** The keys that they made and that still work. */
  keys: MadeKey[];
  own: boolean;
  opened: boolean;
  onClose: () => void;
};

/** Asks before a user can't sign in any more, or can again. */
export function DisableUser({ user, keys, own, opened, onClose }: DisableUserProps) {
  const { send, busy, fault } = useChange();
  const [choice, setChoice] = useState<KeyChoice | null>(null);
  const [undecided, setUndecided] = useState(false);
  const { id, name, email, status } = user;
  const disabled = status === "disabled";
  const asks = !disabled && keys.length > 0;
  const action = disabled ? "Enable" : "Disable";
  const change = async () => {
    setUndecided(asks && choice === null);
    if (asks && choice === null) return;
    const keysToo = asks ? { revoke_keys: choice === "revoke" } : {};
    if (await send("PATCH", `/api/users/${id}`, { disabled: !disabled, ...keysToo })) onClose();
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
          {email} is signed out everywhere and can't sign in until enabled again. An open invitation
          link stops working.
        </p>
      )}
      {asks ? (
        <KeysOfUser keys={keys} choice={choice} onChoose={setChoice} undecided={undecided} />
      ) : null}
    </ConfirmDialog>
  );
}
