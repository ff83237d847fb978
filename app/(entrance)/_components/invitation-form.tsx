"use client";

import { TextInput } from "@mantine/core";
import { callApi } from "@/app/_ui/forms/api-call";
import { enter } from "@/app/_ui/forms/auth-call";
import { FaultNote } from "@/app/_ui/forms/fault-note";
import { Card } from "./card";
import classes from "./form.module.css";
import { LinkEnded } from "./link-ended";
import { NewPassword } from "./new-password";
import { SubmitButton } from "./submit-button";
import { useSubmission } from "./use-submission";

type InvitationFormProps = { token: string; email: string; name: string };

/** Who was invited says how they are called, and chooses a password. */
export function InvitationForm({ token, email, name }: InvitationFormProps) {
  const { formProps, sending, fault, errorOf } = useSubmission(async (form) => {
    const password = String(form.get("password"));
    const answer = { token, name: String(form.get("name")), password };
    const result = await callApi<{ email: string }>("POST", "/api/invitations/accept", answer);
    if (!result.ok) return result;
    await enter(result.body.email, password);
    return null;
  });
  if (fault?.status === 404) return <LinkEnded />;
  return (
    <Card title="Welcome to Smart Parking" intro="Choose a password to sign in with.">
      <form {...formProps} className={classes.form}>
        <TextInput
          label="E-mail address"
          type="email"
          value={email}
          readOnly
          autoComplete="username"
          variant="filled"
        />
        <TextInput
          name="name"
          label="Name"
          defaultValue={name}
          autoComplete="name"
          error={errorOf("name")}
        />
        <NewPassword error={errorOf("password")} />
        <FaultNote fault={fault} fields={["name", "password"]} />
        <SubmitButton sending={sending}>Set password and sign in</SubmitButton>
      </form>
    </Card>
  );
}
