"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { DialogForm, SubmitOrCancel } from "@/app/_ui/dialog";
import { FaultNote } from "@/app/_ui/fault-note";
import { useChange } from "@/app/_ui/use-change";
import type { User } from "@/lib/server/users/read-users";
import { type Access, AccessFields, accessMessage, type NamedFacility } from "./access-fields";

type ChangeUserProps = {
  user: User;
  facilities: NamedFacility[];
  own: boolean;
  onClose: () => void;
};

/** Another name, role or other facilities for a user. */
export function ChangeUser({ user, facilities, own, onClose }: ChangeUserProps) {
  const { send, busy, fault, faultOf } = useChange();
  const [name, setName] = useState(user.name);
  const [access, setAccess] = useState<Access>({
    role: user.role,
    everywhere: user.facility_ids === null,
    facilityIds: user.facility_ids?.map(String) ?? [],
  });
  const save = async () => {
    const message = { name, ...accessMessage(access) };
    if (await send("PATCH", `/api/users/${user.id}`, message)) onClose();
  };
  return (
    <DialogForm onSubmit={save}>
      <p>
        {own
          ? "Changing the role or facilities signs you out everywhere."
          : `Changing the role or facilities signs ${user.email} out everywhere.`}
      </p>
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
      <FaultNote fault={fault} fields={["name", "role", "facility_ids"]} />
      <SubmitOrCancel action="Save" busy={busy} onClose={onClose} />
    </DialogForm>
  );
}
