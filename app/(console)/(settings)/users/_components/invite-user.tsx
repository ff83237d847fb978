"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Dialog } from "@/app/_ui/dialog";
import type { Invited } from "@/lib/server/users/invite-user";
import type { NamedFacility } from "./access-fields";

const LinkShown = dynamic(() => import("./link-shown").then((file) => file.LinkShown), {
  ssr: false,
});
const InviteForm = dynamic(() => import("./invite-form").then((file) => file.InviteForm), {
  ssr: false,
});
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
