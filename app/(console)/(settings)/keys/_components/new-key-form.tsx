"use client";

import { Checkbox, type CheckboxGroupProps, Stack, TextInput } from "@mantine/core";
import { DateField } from "@/app/_ui/forms/date-field";
import { RecordForm } from "@/app/_ui/forms/record-form";
import { SCOPES, type Scope } from "@/lib/domain/access/access";
import type { KeyWithSecret } from "@/lib/server/keys/create-key";
import { EXPIRY_HINT, endOfDay } from "./expiry";
import { type Estate, PlaceFields, placeMessage, widestPlace } from "./place-fields";

const SCOPE_WORDS: Record<Scope, string> = {
  ingest: "Devices and gateways send readings and events.",
  read: "Read figures and lists.",
  manage: "Change facilities, zones, devices, targets, alerts and keys.",
};

type NewKeyFormProps = {
  estate: Estate;
  onMade: (made: KeyWithSecret) => void;
  onClose: () => void;
};

/** What a new key is to be. */
export function NewKeyForm({ estate, onMade, onClose }: NewKeyFormProps) {
  return (
    <RecordForm
      values={valuesFor(estate)}
      otherFields={["facility_id", "zone_id", "device_id"]}
      call={({ name, scopes, place, expires_at }) => [
        "POST",
        "/api/keys",
        { name, scopes, ...placeMessage(place), expires_at: endOfDay(expires_at) },
      ]}
      onDone={onMade}
      action="Create key"
      onClose={onClose}
    >
      {(form) => (
        <>
          <TextInput
            label="Name"
            description="What the key is for, such as “Gateway north”."
            required
            maxLength={200}
            {...form.input("name")}
            data-autofocus
          />
          <ScopeFields {...form.input("scopes")} />
          <PlaceFields estate={estate} form={form} />
          <DateField
            label="Expires after"
            description={EXPIRY_HINT}
            {...form.input("expires_at")}
            value={form.values.expires_at}
          />
        </>
      )}
    </RecordForm>
  );
}

const valuesFor = (estate: Estate) => ({
  name: "",
  scopes: ["ingest"],
  place: widestPlace(estate),
  expires_at: null as string | null,
});

function ScopeFields(input: Omit<CheckboxGroupProps, "children">) {
  return (
    <Checkbox.Group label="Scopes" description="What the key can do." {...input}>
      <Stack gap={8} mt={8}>
        {SCOPES.map((scope) => (
          <Checkbox key={scope} value={scope} label={scope} description={SCOPE_WORDS[scope]} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
