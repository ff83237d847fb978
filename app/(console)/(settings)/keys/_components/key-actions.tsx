"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Dialog } from "@/app/_ui/dialog";
import records from "@/app/_ui/records.module.css";
import { useFocusKept } from "@/app/_ui/use-focus-kept";
import type { KeyWithSecret } from "@/lib/server/keys/create-key";
import type { ApiKey } from "@/lib/server/keys/read-keys";

const SecretShown = dynamic(() => import("./secret-shown").then((file) => file.SecretShown), {
  ssr: false,
});
const RevokeKey = dynamic(() => import("./revoke-key").then((file) => file.RevokeKey), {
  ssr: false,
});
const RotateKey = dynamic(() => import("./rotate-key").then((file) => file.RotateKey), {
  ssr: false,
});
const EditKey = dynamic(() => import("./edit-key").then((file) => file.EditKey), { ssr: false });
type KeyActionsProps = {
  apiKey: ApiKey;
  origin: string;
  /** The server's clock, ISO 8601. */
  today: string;
};

/** What can be done with a key; with a revoked one nothing. */
export function KeyActions({ apiKey, origin, today }: KeyActionsProps) {
  const [open, setOpen] = useState<"edit" | "rotate" | "revoke" | null>(null);
  const [rotated, setRotated] = useState<KeyWithSecret | null>(null);
  const { name, revoked_at } = apiKey;
  useFocusKept(revoked_at);
  if (revoked_at) return null;
  const close = () => {
    setOpen(null);
    setRotated(null);
  };
  const button = (action: "edit" | "rotate" | "revoke", text: string) => (
    <Button
      size="xs"
      variant="default"
      aria-label={`${text} ${name}`}
      onClick={() => setOpen(action)}
    >
      {text}
    </Button>
  );
  return (
    <div className={records.actions}>
      {button("edit", "Edit")}
      {button("rotate", "Rotate")}
      {button("revoke", "Revoke")}
      <Dialog title={`Edit key ${name}`} opened={open === "edit"} onClose={close}>
        <EditKey apiKey={apiKey} today={today} onClose={close} />
      </Dialog>
      <Dialog
        title={rotated ? `New secret of ${name}` : `Rotate key ${name}`}
        opened={open === "rotate"}
        onClose={close}
        held={rotated !== null}
      >
        {rotated ? (
          <SecretShown made={rotated} origin={origin} onClose={close} />
        ) : (
          <RotateKey apiKey={apiKey} onRotated={setRotated} onClose={close} />
        )}
      </Dialog>
      <RevokeKey apiKey={apiKey} opened={open === "revoke"} onClose={close} />
    </div>
  );
}
