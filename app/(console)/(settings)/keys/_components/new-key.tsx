"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_ui/dialogs/dialog";
import type { KeyWithSecret } from "@/lib/server/keys/create-key";
import type { Estate } from "./place-fields";

const SecretShown = dynamic(() => import("./secret-shown").then((file) => file.SecretShown), {
  ssr: false,
});
const NewKeyForm = dynamic(() => import("./new-key-form").then((file) => file.NewKeyForm), {
  ssr: false,
});
type NewKeyProps = {
  estate: Estate;
  origin: string;
  /** It is not what the page is for now. */
  quiet?: boolean;
};

/** Makes a key, and shows its secret once. */
export function NewKey({ estate, origin, quiet = false }: NewKeyProps) {
  return (
    <DialogButton<KeyWithSecret>
      look={quiet ? "default" : "filled"}
      action="New key"
      title="New key"
      shownOnce={{
        title: ({ name }) => `Key ${name} created`,
        children: (made, close) => <SecretShown made={made} origin={origin} onClose={close} />,
      }}
    >
      {(close, show) => <NewKeyForm estate={estate} onMade={show} onClose={close} />}
    </DialogButton>
  );
}
