"use client";

import { Button } from "@mantine/core";
import { DialogButtons, DialogForm } from "@/app/_ui/dialog";
import { FaultNote } from "@/app/_ui/fault-note";
import { useChange } from "@/app/_ui/use-change";
import type { Invited } from "@/lib/server/users/invite-user";
import type { User } from "@/lib/server/users/read-users";

type RenewLinkProps = { user: User; onLinked: (invited: Invited) => void; onClose: () => void };

/** Asks before a user gets a new link: to come in first, or with a new password. */
export function RenewLink({ user, onLinked, onClose }: RenewLinkProps) {
  const { send, busy, fault } = useChange();
  const make = async () => {
    const made = await send<Invited>("POST", `/api/users/${user.id}/invitation`);
    if (made) onLinked(made.body);
  };
  return (
    <DialogForm onSubmit={make}>
      <p>
        With this link, {user.email} can choose a password once.{" "}
        {user.status === "invited"
          ? "Any earlier link stops working now."
          : "Until then the old password and all sessions keep working. Any earlier link stops working now."}
      </p>
      <FaultNote fault={fault} />
      <DialogButtons>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={busy} data-autofocus>
          Create link
        </Button>
      </DialogButtons>
    </DialogForm>
  );
}
