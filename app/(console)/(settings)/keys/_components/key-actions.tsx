"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_ui/dialogs/dialog";
import { useFocusKept } from "@/app/_ui/dialogs/use-focus-kept";
import records from "@/app/_ui/tables/records.module.css";
import type { KeyWithSecret } from "@/lib/server/keys/create-key";
import type { ApiKey } from "@/lib/server/keys/read-keys";

const SecretShown = dynamic(() => import("./secret-shown").then((file) => file.SecretShown), {
  ssr: false,
});
const RevokeKey = dynamic(() => import("./key-forms").then((file) => file.RevokeKey), {
  ssr: false,
});
const RotateKey = dynamic(() => import("./key-forms").then((file) => file.RotateKey), {
  ssr: false,
});
const EditKey = dynamic(() => import("./key-forms").then((file) => file.EditKey), { ssr: false });
type KeyActionsProps = {
  apiKey: ApiKey;
  origin: string;
  /** The server's clock, ISO 8601. */
  today: string;
};

/** What can be done with a key; with a revoked one nothing. */
export function KeyActions({ apiKey, origin, today }: KeyActionsProps) {
  const { name, revoked_at } = apiKey;
  useFocusKept(revoked_at);
  if (revoked_at) return null;
  const look = (action: string) => ({ action, look: "row" as const, label: `${action} ${name}` });
  return (
    <div className={records.actions}>
      <DialogButton {...look("Edit")} title={`Edit key ${name}`}>
        {(close) => <EditKey apiKey={apiKey} today={today} onClose={close} />}
      </DialogButton>
      <DialogButton<KeyWithSecret>
        {...look("Rotate")}
        title={`Rotate key ${name}`}
        shownOnce={{
          title: () => `New secret of ${name}`,
          children: (made, close) => <SecretShown made={made} origin={origin} onClose={close} />,
        }}
      >
        {(close, show) => <RotateKey apiKey={apiKey} onRotated={show} onClose={close} />}
      </DialogButton>
      <DialogButton {...look("Revoke")} title={`Revoke key ${name}?`}>
        {(close) => <RevokeKey apiKey={apiKey} onClose={close} />}
      </DialogButton>
    </div>
  );
}
