"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { DialogForm, SubmitOrCancel } from "@/app/_ui/dialog";
import { FaultNote } from "@/app/_ui/fault-note";
import { useChange } from "@/app/_ui/use-change";
import type { Invited } from "@/lib/server/users/invite-user";
import { type Access, AccessFields, accessMessage, type NamedFacility } from "./access-fields";

type InviteFormProps = {
  facilities: NamedFacility[];
  onInvited: (invited: Invited) => void;
  onClose: () => void;
};

/** Asks whom to invite, and what they may do. */
export function InviteForm({ facilities, onInvited, onClose }: InviteFormProps) {
  const { send, busy, fault, faultOf } = useChange();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [access, setAccess] = useState<Access>({
    role: "viewer",
    everywhere: true,
    facilityIds: [],
  });
  const invite = async () => {
    const message = { email, name, ...accessMessage(access) };
    const made = await send<Invited>("POST", "/api/users", message);
    if (made) onInvited(made.body);
  };
  return (
    <DialogForm onSubmit={invite}>
      <TextInput
        type="email"
        label="E-mail"
        required
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={faultOf("email")}
        data-autofocus
      />
      <TextInput
        label="Name"
        required
        autoComplete="off"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={faultOf("name")}
      />
      <AccessFields
        access={access}
        onChange={setAccess}
        facilities={facilities}
        faultOf={faultOf}
      />
      <FaultNote fault={fault} fields={["email", "name", "role", "facility_ids"]} />
      <SubmitOrCancel action="Invite" busy={busy} onClose={onClose} />
    </DialogForm>
  );
}
