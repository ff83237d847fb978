"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { DateField } from "@/app/_ui/date-field";
import { DialogForm, SubmitOrCancel } from "@/app/_ui/dialog";
import { FaultNote } from "@/app/_ui/fault-note";
import { useChange } from "@/app/_ui/use-change";
import type { ApiKey } from "@/lib/server/keys/read-keys";
import { EXPIRY_HINT, endOfDay } from "./expiry";

type EditKeyProps = { apiKey: ApiKey; today: string; onClose: () => void };

/** Another name or another end for a key. */
export function EditKey({ apiKey, today, onClose }: EditKeyProps) {
  const { send, busy, fault, faultOf } = useChange();
  const expiredOn = apiKey.expires_at?.slice(0, 10) ?? null;
  const [name, setName] = useState(apiKey.name);
  const [lastDay, setLastDay] = useState(expiredOn);
  const save = async () => {
    // An end that is left alone keeps its time of day.
    const end = lastDay === expiredOn ? {} : { expires_at: endOfDay(lastDay) };
    if (await send("PATCH", `/api/keys/${apiKey.id}`, { name, ...end })) onClose();
  };
  return (
    <DialogForm onSubmit={save}>
      <TextInput
        label="Name"
        required
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={faultOf("name")}
        data-autofocus
      />
      <DateField
        label="Expires after"
        description={EXPIRY_HINT}
        value={lastDay}
        earliest={today.slice(0, 10)}
        onChange={setLastDay}
        error={faultOf("expires_at")}
      />
      <FaultNote fault={fault} fields={["name", "expires_at"]} />
      <SubmitOrCancel action="Save" busy={busy} onClose={onClose} />
    </DialogForm>
  );
}
