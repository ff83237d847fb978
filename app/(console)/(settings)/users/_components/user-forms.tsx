"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { DialogForm } from "@/app/_ui/forms/dialog-form";
import { RecordForm, saving } from "@/app/_ui/forms/record-form";
import { useChange } from "@/app/_ui/forms/use-change";
import type { MadeKey } from "@/lib/server/keys/keys-made-by";
import type { Invited } from "@/lib/server/users/invite-user";
import type { User } from "@/lib/server/users/read-users";
import { AccessFields, accessMessage, accessOf, type NamedFacility } from "./access-fields";
import { type KeyChoice, KeysOfUser } from "./keys-of-user";

const NAME = { label: "Name", required: true, autoComplete: "off", maxLength: 200 };

type InviteFormProps = {
  facilities: NamedFacility[];
  onInvited: (invited: Invited) => void;
  onClose: () => void;
};

/** Asks whom to invite, and what they may do. */
export function InviteForm({ facilities, onInvited, onClose }: InviteFormProps) {
  return (
    <RecordForm
      values={{ email: "", name: "", ...accessOf(null) }}
      call={({ email, name, ...access }) => [
        "POST",
        "/api/users",
        { email, name, ...accessMessage(access) },
      ]}
      onDone={onInvited}
      action="Invite"
      onClose={onClose}
    >
      {(form) => (
        <>
          <TextInput
            type="email"
            label="E-mail"
            required
            autoComplete="off"
            {...form.input("email")}
            data-autofocus
          />
          <TextInput {...NAME} {...form.input("name")} />
          <AccessFields form={form} facilities={facilities} />
        </>
      )}
    </RecordForm>
  );
}

type ChangeUserProps = {
  user: User;
  facilities: NamedFacility[];
  own: boolean;
  onClose: () => void;
};

/** Another name, role or other facilities for a user. */
export function ChangeUser({ user, facilities, own, onClose }: ChangeUserProps) {
  return (
    <RecordForm
      values={{ name: user.name, ...accessOf(user) }}
      call={({ name, ...access }) => saving("/api/users", user, { name, ...accessMessage(access) })}
      onDone={onClose}
      action="Save"
      onClose={onClose}
    >
      {(form) => (
        <>
          <p>
            {own
              ? "Changing the role or facilities signs you out everywhere."
              : `Changing the role or facilities signs ${user.email} out everywhere.`}
          </p>
          <TextInput {...NAME} {...form.input("name")} />
          <AccessFields form={form} facilities={facilities} />
        </>
      )}
    </RecordForm>
  );
}

type RenewLinkProps = { user: User; onLinked: (invited: Invited) => void; onClose: () => void };

/** Asks before a user gets a new link: to come in first, or with a new password. */
export function RenewLink({ user, onLinked, onClose }: RenewLinkProps) {
  const { send, ...change } = useChange();
  const submit = async () => {
    const made = await send<Invited>("POST", `/api/users/${user.id}/invitation`);
    if (made) onLinked(made.body);
  };
  return (
    <DialogForm
      form={{ ...change, submit }}
      action="Create link"
      focused="action"
      onClose={onClose}
    >
      <p>
        With this link, {user.email} can choose a password once.{" "}
        {user.status === "invited"
          ? "Any earlier link stops working now."
          : "Until then the old password and all sessions keep working. Any earlier link stops working now."}
      </p>
    </DialogForm>
  );
}

type DisableUserProps = {
  user: User;
  /** The keys that they made and that still work. */
  keys: MadeKey[];
  own: boolean;
  onClose: () => void;
};

/** Asks before a user can't sign in any more, or can again. */
export function DisableUser({ user, keys, own, onClose }: DisableUserProps) {
  const { send, ...change } = useChange();
  const [choice, setChoice] = useState<KeyChoice | null>(null);
  const [undecided, setUndecided] = useState(false);
  const { id, email, status } = user;
  const disabled = status === "disabled";
  const asks = !disabled && keys.length > 0;
  const submit = async () => {
    setUndecided(asks && choice === null);
    if (asks && choice === null) return;
    const keysToo = asks ? { revoke_keys: choice === "revoke" } : {};
    if (await send("PATCH", `/api/users/${id}`, { disabled: !disabled, ...keysToo })) onClose();
  };
  return (
    <DialogForm
      form={{ ...change, submit }}
      action={disabled ? "Enable" : "Disable"}
      final={!disabled}
      focused="cancel"
      onClose={onClose}
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
    </DialogForm>
  );
}
