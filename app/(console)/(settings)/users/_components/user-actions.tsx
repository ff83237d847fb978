"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Dialog } from "@/app/_ui/dialog";
import records from "@/app/_ui/records.module.css";
import type { MadeKey } from "@/lib/server/keys/keys-made-by";
import type { Invited } from "@/lib/server/users/invite-user";
import type { User } from "@/lib/server/users/read-users";
import type { NamedFacility } from "./access-fields";

const RenewLink = dynamic(() => import("./renew-link").then((file) => file.RenewLink), {
  ssr: false,
});
const LinkShown = dynamic(() => import("./link-shown").then((file) => file.LinkShown), {
  ssr: false,
});
const DisableUser = dynamic(() => import("./disable-user").then((file) => file.DisableUser), {
  ssr: false,
});
const ChangeUser = dynamic(() => import("./change-user").then((file) => file.ChangeUser), {
  ssr: false,
});
type UserActionsProps = {
  user: User;
  facilities: NamedFacility[];
  /** The keys that they made and that still work. */
  keys: MadeKey[];
  /** Whether this is the user who looks. */
  own: boolean;
  origin: string;
};

/** What can be done with a user. */
export function UserActions({ user, facilities, keys, own, origin }: UserActionsProps) {
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
      <DisableUser user={user} keys={keys} own={own} opened={open === "disable"} onClose={close} />
    </div>
  );
}
