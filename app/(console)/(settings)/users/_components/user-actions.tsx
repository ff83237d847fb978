"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/app/_ui/dialog";
import records from "@/app/_ui/records.module.css";
import type { Invited } from "@/lib/server/users/invite-user";
import type { User } from "@/lib/server/users/read-users";
import type { NamedFacility } from "./access-fields";
import { ChangeUser } from "./change-user";
import { DisableUser } from "./disable-user";
import { LinkShown } from "./link-shown";
import { RenewLink } from "./renew-link";

type UserActionsProps = {
  user: User;
  facilities: NamedFacility[];
  /** Whether this is the user who looks. */
  own: boolean;
  origin: string;
};

/** What can be done with a user. */
export function UserActions({ user, facilities, own, origin }: UserActionsProps) {
  const [open, setOpen] = useState<"change" | "link" | "disable" | null>(null);
  const [linked, setLinked] = useState<Invited | null>(null);
  const { name, email, status } = user;
  const close = () => {
    setOpen(null);
    setLinked(null);
  };
  const button = (action: "change" | "link" | "disable", text: string) => (
    <Button
      size="xs"
      variant="default"
      aria-label={`${text}: ${email}`}
      onClick={() => setOpen(action)}
    >
      {text}
    </Button>
  );
  return (
    <div className={records.actions}>
      {button("change", "Change")}
      {status === "disabled" ? null : button("link", "New link")}
      {button("disable", status === "disabled" ? "Enable" : "Disable")}
      <Dialog title={`Change ${name}`} opened={open === "change"} onClose={close}>
        <ChangeUser user={user} facilities={facilities} own={own} onClose={close} />
      </Dialog>
      <Dialog
        title={linked ? `Link for ${name}` : `New link for ${name}`}
        opened={open === "link"}
        onClose={close}
        held={linked !== null}
      >
        {linked ? (
          <LinkShown invited={linked} origin={origin} onClose={close} />
        ) : (
          <RenewLink user={user} onLinked={setLinked} onClose={close} />
        )}
      </Dialog>
      <DisableUser user={user} own={own} opened={open === "disable"} onClose={close} />
    </div>
  );
}
