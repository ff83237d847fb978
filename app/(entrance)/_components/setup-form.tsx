"use client";

import { Checkbox, TextInput } from "@mantine/core";
import Link from "next/link";
import { callApi } from "@/app/_ui/forms/api-call";
import { enter } from "@/app/_ui/forms/auth-call";
import { FaultNote } from "@/app/_ui/forms/fault-note";
import type { SetupMessage } from "@/lib/domain/access/user";
import { Card } from "./card";
import { FACILITY_FIELDS, FacilityFields, facilityOf } from "./facility-fields";
import classes from "./form.module.css";
import { NewPassword } from "./new-password";
import { SubmitButton } from "./submit-button";
import { useSubmission } from "./use-submission";

const FIELDS = ["name", "email", "password", ...FACILITY_FIELDS];

/** The first start: the administrator, and the first facility. */
export function SetupForm() {
  const { formProps, sending, fault, errorOf } = useSubmission(setUp);
  if (fault?.status === 409) return <SetupClosed />;
  return (
    <Card
      title="Set up Smart Parking"
      intro="Create the administrator account. The administrator invites everyone else."
    >
      <form {...formProps} className={classes.form}>
        <fieldset className={classes.group}>
          <legend className={classes.legend}>Administrator</legend>
          <TextInput name="name" label="Name" autoComplete="name" error={errorOf("name")} />
          <TextInput
            name="email"
            type="email"
            label="E-mail address"
            autoComplete="username"
            error={errorOf("email")}
          />
          <NewPassword error={errorOf("password")} />
        </fieldset>
        <FacilityFields errorOf={errorOf} />
        <Checkbox
          name="demo"
          label="Add demo data to explore"
          description="Sample facilities and devices, next to your own."
        />
        <FaultNote fault={fault} fields={FIELDS} />
        <SubmitButton sending={sending}>Set up and sign in</SubmitButton>
      </form>
    </Card>
  );
}

async function setUp(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? "");
  const message: SetupMessage = {
    name: text("name"),
    email: text("email"),
    password: text("password"),
    facility: facilityOf(form),
    ...(form.has("demo") ? { demo: true } : {}),
  };
  const result = await callApi<{ email: string }>("POST", "/api/setup", message);
  if (!result.ok) return result;
  await enter(result.body.email, message.password);
  return null;
}

/** Someone else was faster. */
function SetupClosed() {
  return (
    <Card
      role="alert"
      title="Set-up is closed"
      intro="This installation already has an administrator. Sign in, or ask them to invite you."
    >
      <Link href="/sign-in" prefetch={false}>
        Go to sign-in
      </Link>
    </Card>
  );
}
