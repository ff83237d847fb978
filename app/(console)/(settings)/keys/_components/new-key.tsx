"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Dialog } from "@/app/_ui/dialog";
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
  const [opened, setOpened] = useState(false);
  const [made, setMade] = useState<KeyWithSecret | null>(null);
  const close = () => {
    setOpened(false);
    setMade(null);
  };
  return (
    <>
      <Button variant={quiet ? "default" : "filled"} onClick={() => setOpened(true)}>
        New key
      </Button>
      <Dialog
        title={made ? `Key ${made.name} created` : "New key"}
        opened={opened}
        onClose={close}
        held={made !== null}
      >
        {made ? (
          <SecretShown made={made} origin={origin} onClose={close} />
        ) : (
          <NewKeyForm estate={estate} onMade={setMade} onClose={close} />
        )}
      </Dialog>
    </>
  );
}
