"use client";

import { Checkbox, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { DateField } from "@/app/_ui/date-field";
import { DialogForm, SubmitOrCancel } from "@/app/_ui/dialog";
import { FaultNote } from "@/app/_ui/fault-note";
import { useChange } from "@/app/_ui/use-change";
import { SCOPES, type Scope } from "@/lib/domain/access";
import type { KeyWithSecret } from "@/lib/server/keys/create-key";
import { EXPIRY_HINT, endOfDay } from "./expiry";
import { type Estate, type Place, PlaceFields, placeMessage, widestPlace } from "./place-fields";

const SCOPE_WORDS: Record<Scope, string> = {
  ingest: "Devices and gateways send readings and events.",
  read: "Read figures and lists.",
  manage: "Change facilities, zones, devices, targets, alerts and keys.",
};

const FIELDS = ["name", "scopes", "facility_id", "zone_id", "device_id", "expires_at"];

type NewKeyFormProps = {
  estate: Estate;
  onMade: (made: KeyWithSecret) => void;
  onClose: () => void;
};

/** What a new key is to be. */
export function NewKeyForm({ estate, onMade, onClose }: NewKeyFormProps) {
  const { send, busy, fault, faultOf } = useChange();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<string[]>(["ingest"]);
  const [place, setPlace] = useState<Place>(widestPlace(estate));
  const [lastDay, setLastDay] = useState<string | null>(null);
  const make = async () => {
    const message = { name, scopes, ...placeMessage(place), expires_at: endOfDay(lastDay) };
    const made = await send<KeyWithSecret>("POST", "/api/keys", message);
    if (made) onMade(made.body);
  };
  return (
    <DialogForm onSubmit={make}>
      <TextInput
        label="Name"
        description="What the key is for, such as “Gateway north”."
        required
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={faultOf("name")}
        data-autofocus
      />
      <Checkbox.Group
        label="Scopes"
        description="What the key can do."
        value={scopes}
        onChange={setScopes}
        error={faultOf("scopes")}
      >
        <Stack gap={8} mt={8}>
          {SCOPES.map((scope) => (
            <Checkbox key={scope} value={scope} label={scope} description={SCOPE_WORDS[scope]} />
          ))}
        </Stack>
      </Checkbox.Group>
      <PlaceFields estate={estate} place={place} onChange={setPlace} faultOf={faultOf} />
      <DateField
        label="Expires after"
        description={EXPIRY_HINT}
        value={lastDay}
        onChange={setLastDay}
        error={faultOf("expires_at")}
      />
      <FaultNote fault={fault} fields={FIELDS} />
      <SubmitOrCancel action="Create key" busy={busy} onClose={onClose} />
    </DialogForm>
  );
}
