"use client";

import { Button } from "@mantine/core";
import { CodeBlock } from "@/app/_ui/code-block";
import { DialogButtons, DialogContent } from "@/app/_ui/dialogs/dialog";
import { ShownOnce } from "@/app/_ui/dialogs/shown-once";
import type { Invited } from "@/lib/server/users/invite-user";

type LinkShownProps = { invited: Invited; origin: string; onClose: () => void };

/** The link of an invitation, this once. */
export function LinkShown({ invited, origin, onClose }: LinkShownProps) {
  return (
    <DialogContent>
      <ShownOnce title="Send this link yourself. No e-mail is sent">
        It works once, for 7 days, and won’t be shown again. The first person to open it chooses the
        password of {invited.email}.
      </ShownOnce>
      <CodeBlock label="Link">{origin + invited.invitation_path}</CodeBlock>
      <DialogButtons>
        <Button onClick={onClose}>I have copied it</Button>
      </DialogButtons>
    </DialogContent>
  );
}
