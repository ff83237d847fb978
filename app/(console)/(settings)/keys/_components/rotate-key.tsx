"use client";

import { Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { DialogForm, SubmitOrCancel } from "@/app/_ui/dialog";
import { FaultNote } from "@/app/_ui/fault-note";
import { useChange } from "@/app/_ui/use-change";
import type { KeyWithSecret } from "@/lib/server/keys/create-key";
import type { ApiKey } from "@/lib/server/keys/read-keys";

const OVERLAPS = [
  { seconds: "0", label: "No overlap: it stops working now" },
  { seconds: "3600", label: "1 hour" },
  { seconds: "86400", label: "1 day" },
  { seconds: "604800", label: "7 days" },
];

type RotateKeyProps = {
  apiKey: ApiKey;
  onRotated: (made: KeyWithSecret) => void;
  onClose: () => void;
};

/** Asks how long the old secret goes on beside the new one. */
export function RotateKey({ apiKey, onRotated, onClose }: RotateKeyProps) {
  const { send, busy, fault } = useChange();
  const [overlap, setOverlap] = useState("86400");
  const rotate = async () => {
    const message = { overlap_seconds: Number(overlap) };
    const made = await send<KeyWithSecret>("POST", `/api/keys/${apiKey.id}/rotate`, message);
    if (made) onRotated(made.body);
  };
  return (
    <DialogForm onSubmit={rotate}>
      <p>
        The key gets a new secret. Its name, scopes and access stay the same. Both secrets work
        until the old one expires, so you can update your devices without a gap.
      </p>
      <Radio.Group label="Keep the old secret for" value={overlap} onChange={setOverlap}>
        <Stack gap={8} mt={8}>
          {OVERLAPS.map(({ seconds, label }) => (
            <Radio key={seconds} value={seconds} label={label} />
          ))}
        </Stack>
      </Radio.Group>
      <FaultNote fault={fault} />
      <SubmitOrCancel action="Rotate" busy={busy} onClose={onClose} />
    </DialogForm>
  );
}
