"use client";

import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { Dialog, DialogForm, SubmitOrCancel } from "@/app/_ui/dialog";
import { FaultNote } from "@/app/_ui/fault-note";
import { useChange } from "@/app/_ui/use-change";
import type { Invited } from "@/lib/server/users/invite-user";
import { type Access, AccessFields, accessMessage, type NamedFacility } from "./access-fields";
import { LinkShown } from "./link-shown";

type InviteUserProps = { facilities: NamedFacility[]; origin: string };

/** Adds a user, and shows once the link that lets them in. */
export function InviteUser({ facilities, origin }: InviteUserProps) {
  const [opened, setOpened] = useState(false);
  const [invited, setInvited] = useState<Invited | null>(null);
  const close = () => {
    setOpened(false);
    setInvited(null);
  };
  return (
    <>
      <Button onClick={() => setOpened(true)}>Invite user</Button>
      <Dialog
        title={invited ? `${invited.name} is invited` : "Invite user"}
        opened={opened}
        onClose={close}
        held={invited !== null}
      >
        {invited ? (
          <LinkShown invited={invited} origin={origin} onClose={close} />
        ) : (
          <InviteForm facilities={facilities} onInvited={setInvited} onClose={close} />
        )}
      </Dialog>
    </>
  );
}

type InviteFormProps = {
  facilities: NamedFacility[];
  onInvited: (invited: Invited) => void;
  onClose: () => void;
};

function InviteForm({ facilities, onInvited, onClose }: InviteFormProps) {
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
