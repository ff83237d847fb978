"use client";

import { Radio, Stack, TextInput } from "@mantine/core";
import { DateField } from "@/app/_ui/forms/date-field";
import { DialogForm } from "@/app/_ui/forms/dialog-form";
import { RecordForm, saving } from "@/app/_ui/forms/record-form";
import { useChange } from "@/app/_ui/forms/use-change";
import type { KeyWithSecret } from "@/lib/server/keys/create-key";
import type { ApiKey } from "@/lib/server/keys/read-keys";
import { EXPIRY_HINT, endOfDay } from "./expiry";

type KeyFormProps = { apiKey: ApiKey; onClose: () => void };

/** Another name or another end for a key. */
export function EditKey({ apiKey, today, onClose }: KeyFormProps & { today: string }) {
  const expiredOn = apiKey.expires_at?.slice(0, 10) ?? null;
  return (
    <RecordForm
      values={{ name: apiKey.name, expires_at: expiredOn }}
      call={({ name, expires_at: lastDay }) => {
        // An end that is left alone keeps its time of day.
        const end = lastDay === expiredOn ? {} : { expires_at: endOfDay(lastDay) };
        return saving("/api/keys", apiKey, { name, ...end });
      }}
      onDone={onClose}
      action="Save"
      onClose={onClose}
    >
      {(form) => (
        <>
          <TextInput label="Name" required maxLength={200} {...form.input("name")} data-autofocus />
          <DateField
            label="Expires after"
            description={EXPIRY_HINT}
            earliest={today.slice(0, 10)}
            {...form.input("expires_at")}
            value={form.values.expires_at}
          />
        </>
      )}
    </RecordForm>
  );
}

const OVERLAPS = [
  { seconds: "0", label: "No overlap: it stops working now" },
  { seconds: "3600", label: "1 hour" },
  { seconds: "86400", label: "1 day" },
  { seconds: "604800", label: "7 days" },
];

type RotateKeyProps = KeyFormProps & { onRotated: (made: KeyWithSecret) => void };

/** Asks how long the old secret goes on beside the new one. */
export function RotateKey({ apiKey, onRotated, onClose }: RotateKeyProps) {
  return (
    <RecordForm
      values={{ overlap: "86400" }}
      call={({ overlap }) => [
        "POST",
        `/api/keys/${apiKey.id}/rotate`,
        { overlap_seconds: Number(overlap) },
      ]}
      onDone={onRotated}
      action="Rotate"
      onClose={onClose}
    >
      {(form) => (
        <>
          <p>
            The key gets a new secret. Its name, scopes and access stay the same. Both secrets work
            until the old one expires, so you can update your devices without a gap.
          </p>
          <Radio.Group label="Keep the old secret for" {...form.input("overlap")}>
            <Stack gap={8} mt={8}>
              {OVERLAPS.map(({ seconds, label }) => (
                <Radio key={seconds} value={seconds} label={label} />
              ))}
            </Stack>
          </Radio.Group>
        </>
      )}
    </RecordForm>
  );
}

/** Asks before a key ends for good. */
export function RevokeKey({ apiKey, onClose }: KeyFormProps) {
  const { send, ...change } = useChange();
  const { id, scopes, place } = apiKey;
  const submit = async () => {
    if (await send("DELETE", `/api/keys/${id}`)) onClose();
  };
  return (
    <DialogForm
      form={{ ...change, submit }}
      action="Revoke key"
      final
      focused="cancel"
      onClose={onClose}
    >
      <p>
        Whatever uses this key ({scopes.join(", ")}; {place ?? "all facilities"}) stops working at
        once: its calls are refused with 401
        {scopes.includes("ingest") ? ", and what devices send with it is not stored" : ""}.
      </p>
      <p>A revoked key can't be brought back. To replace a secret without a gap, rotate it.</p>
    </DialogForm>
  );
}
