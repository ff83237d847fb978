"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/app/_ui/dialog";
import type { KeyWithSecret } from "@/lib/server/keys/create-key";
import { NewKeyForm } from "./new-key-form";
import type { Estate } from "./place-fields";
import { SecretShown } from "./secret-shown";

/** Makes a key, and shows its secret once. */
export function NewKey({ estate, origin }: { estate: Estate; origin: string }) {
  const [opened, setOpened] = useState(false);
  const [made, setMade] = useState<KeyWithSecret | null>(null);
  const close = () => {
    setOpened(false);
    setMade(null);
  };
  return (
    <>
      <Button onClick={() => setOpened(true)}>New key</Button>
      <Dialog
        title={made ? `Key ${made.name} is made` : "New key"}
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
