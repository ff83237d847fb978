"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_ui/dialogs/dialog";
import type { Invited } from "@/lib/server/users/invite-user";
import type { NamedFacility } from "./access-fields";

const LinkShown = dynamic(() => import("./link-shown").then((file) => file.LinkShown), {
  ssr: false,
});
const InviteForm = dynamic(() => import("./user-forms").then((file) => file.InviteForm), {
  ssr: false,
});
type InviteUserProps = { facilities: NamedFacility[]; origin: string };

/** Adds a user, and shows once the link that lets them in. */
export function InviteUser({ facilities, origin }: InviteUserProps) {
  return (
    <DialogButton<Invited>
      look="filled"
      action="Invite user"
      title="Invite user"
      shownOnce={{
        title: ({ name }) => `${name} is invited`,
        children: (made, close) => <LinkShown invited={made} origin={origin} onClose={close} />,
      }}
    >
      {(close, show) => <InviteForm facilities={facilities} onInvited={show} onClose={close} />}
    </DialogButton>
  );
}
