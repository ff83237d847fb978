"use client";

import { Alert, Button, PasswordInput, VisuallyHidden } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "@/app/_ui/forms/api-call";
import { signInWithPassword } from "@/app/_ui/forms/auth-call";
import { type Fault, FaultNote } from "@/app/_ui/forms/fault-note";
import { Icon } from "@/app/_ui/icons";
import { MIN_PASSWORD_LENGTH } from "@/lib/domain/access/password";
import classes from "./forms.module.css";

/** Another password. It ends all sessions, so this browser signs in again with it. */
export function PasswordForm({ email }: { email: string }) {
  const { busy, done, fault, change } = usePasswordChange(email);
  const [current, setCurrent] = useState("");
  const [wanted, setWanted] = useState("");
  const submit = async () => {
    if (!(await change(current, wanted))) return;
    setCurrent("");
    setWanted("");
  };
  const faultOf = (field: string) => fault?.errors[field]?.join(" ");
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {/* Password managers look here for whose password it is. */}
      <VisuallyHidden>
        <input
          type="text"
          aria-label="E-mail"
          autoComplete="username"
          value={email}
          readOnly
          tabIndex={-1}
        />
      </VisuallyHidden>
      <PasswordInput
        label="Current password"
        required
        autoComplete="current-password"
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
        error={faultOf("current_password")}
      />
      <PasswordInput
        label="New password"
        description={`At least ${MIN_PASSWORD_LENGTH} characters; several words work best.`}
        required
        autoComplete="new-password"
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        error={faultOf("new_password")}
      />
      <FaultNote fault={fault} fields={["current_password", "new_password"]} />
      {done ? (
        <Alert color="green" variant="light" role="status" icon={<Icon name="ok" />}>
          Password changed. All your other sessions have ended.
        </Alert>
      ) : null}
      <div>
        <Button type="submit" loading={busy}>
          Change password
        </Button>
      </div>
    </form>
  );
}

function usePasswordChange(email: string) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  /** @returns whether the password is the new one now */
  const change = async (current: string, wanted: string): Promise<boolean> => {
    setBusy(true);
    setDone(false);
    setFault(null);
    const message = { current_password: current, new_password: wanted };
    const result = await callApi("POST", "/api/profile/password", message);
    if (!result.ok) setFault(result);
    // Without a new session the page leads to sign-in.
    if (result.ok) setDone((await signInWithPassword(email, wanted)).kind === "signed_in");
    if (result.ok) router.refresh();
    setBusy(false);
    return result.ok;
  };
  return { busy, done, fault, change };
}
