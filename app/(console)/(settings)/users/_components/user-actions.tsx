"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_ui/dialogs/dialog";
import records from "@/app/_ui/tables/records.module.css";
import type { MadeKey } from "@/lib/server/keys/keys-made-by";
import type { Invited } from "@/lib/server/users/invite-user";
import type { User } from "@/lib/server/users/read-users";
import type { NamedFacility } from "./access-fields";

const RenewLink = dynamic(() => import("./user-forms").then((file) => file.RenewLink), {
  ssr: false,
});
const LinkShown = dynamic(() => import("./link-shown").then((file) => file.LinkShown), {
  ssr: false,
});
const DisableUser = dynamic(() => import("./user-forms").then((file) => file.DisableUser), {
  ssr: false,
});
const ChangeUser = dynamic(() => import("./user-forms").then((file) => file.ChangeUser), {
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
  const { name, email, status } = user;
  const look = (action: string) => ({ action, look: "row" as const, label: `${action}: ${email}` });
  const disabling = status === "disabled" ? "Enable" : "Disable";
  return (
    <div className={records.actions}>
      <DialogButton {...look("Change")} title={`Change ${name}`}>
        {(close) => <ChangeUser user={user} facilities={facilities} own={own} onClose={close} />}
      </DialogButton>
      {status === "disabled" ? null : (
        <DialogButton<Invited>
          {...look("New link")}
          title={`New link for ${name}`}
          shownOnce={{
            title: () => `Link for ${name}`,
            children: (made, close) => <LinkShown invited={made} origin={origin} onClose={close} />,
          }}
        >
          {(close, show) => <RenewLink user={user} onLinked={show} onClose={close} />}
        </DialogButton>
      )}
      <DialogButton {...look(disabling)} title={`${disabling} ${name}?`}>
        {(close) => <DisableUser user={user} keys={keys} own={own} onClose={close} />}
      </DialogButton>
    </div>
  );
}
