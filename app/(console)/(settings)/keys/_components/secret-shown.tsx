"use client";

import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { CodeBlock } from "@/app/_ui/code-block";
import { DialogButtons, DialogContent } from "@/app/_ui/dialogs/dialog";
import { ShownOnce } from "@/app/_ui/dialogs/shown-once";
import { callApi } from "@/app/_ui/forms/api-call";
import type { KeyWithSecret } from "@/lib/server/keys/create-key";
import { readCommand, sendCommand } from "./try-commands";

type SecretShownProps = { made: KeyWithSecret; origin: string; onClose: () => void };

/** The secret of a key, this once, with a command to try it. */
export function SecretShown({ made, origin, onClose }: SecretShownProps) {
  const { key, scopes } = made;
  const device = useExampleDevice(made);
  return (
    <DialogContent>
      <ShownOnce title="Copy the secret now">
        It is not stored and won’t be shown again. Anyone who has it can use the key.
      </ShownOnce>
      <CodeBlock label="Secret">{key}</CodeBlock>
      {scopes.includes("ingest") ? (
        <>
          <CodeBlock label="Send a reading with it">
            {sendCommand(origin, key, device ?? "A-001")}
          </CodeBlock>
          {device === null ? (
            <p>This key can’t access a device yet. Replace A-001 with the code of your device.</p>
          ) : null}
        </>
      ) : scopes.includes("read") ? (
        <CodeBlock label="Read with it">{readCommand(origin, key)}</CodeBlock>
      ) : null}
      <DialogButtons>
        <Button onClick={onClose}>I have copied it</Button>
      </DialogButtons>
    </DialogContent>
  );
}

/** The code of a device that the key reaches; null where there is none, undefined until it is known. */
function useExampleDevice({ facility_id, zone_id, device_id }: KeyWithSecret) {
  const [code, setCode] = useState<string | null>();
  const place = zone_id ? `&zone=${zone_id}` : facility_id ? `&facility=${facility_id}` : "";
  const path = device_id
    ? `/api/devices/${device_id}`
    : `/api/devices?limit=1&retired=false${place}`;
  useEffect(() => {
    let wanted = true;
    void callApi<{ code: string } | { code: string }[]>("GET", path).then((result) => {
      if (wanted) setCode(result.ok ? ([result.body].flat()[0]?.code ?? null) : null);
    });
    return () => {
      wanted = false;
    };
  }, [path]);
  return code;
}
