"use client";

import { Alert, Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { CodeBlock } from "@/app/_ui/code-block";
import { DialogButtons, DialogContent } from "@/app/_ui/dialog";
import { Icon } from "@/app/_ui/icons";
import type { Invited } from "@/lib/server/users/invite-user";

type LinkShownProps = { invited: Invited; origin: string; onClose: () => void };

/** The link of an invitation, this once. */
export function LinkShown({ invited, origin, onClose }: LinkShownProps) {
  const warning = useRef<HTMLDivElement>(null);
  useEffect(() => warning.current?.focus(), []);
  return (
    <DialogContent>
      <Alert
        ref={warning}
        tabIndex={-1}
        color="yellow"
        variant="light"
        icon={<Icon name="warning" />}
        title="Send this link yourself: no mail is sent"
      >
        It works once, for 7 days, and is not shown again. Whoever opens it first chooses the
        password of {invited.email}.
      </Alert>
      <CodeBlock label="Link">{origin + invited.invitation_path}</CodeBlock>
      <DialogButtons>
        <Button onClick={onClose}>I have copied it</Button>
      </DialogButtons>
    </DialogContent>
  );
}
