"use client";

import { PasswordInput, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { type SignInResult, signInWithPassword } from "@/app/_ui/forms/auth-call";
import { Failure } from "@/app/_ui/forms/fault-note";
import classes from "./form.module.css";
import { SubmitButton } from "./submit-button";
import { WaitNote } from "./wait-note";

const REFUSED = "Wrong e-mail address or password.";

type SignInFormProps = { next: string };

/** Signs in with a password and opens the page that was asked for. */
export function SignInForm({ next }: SignInFormProps) {
  const [sending, setSending] = useState(false);
  const [result, setResult] = useState<SignInResult | null>(null);
  const password = useRef<HTMLInputElement>(null);
  const submit = async (event: React.SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    // The same words again are read out again only where they have been gone.
    setResult(null);
    const form = new FormData(event.currentTarget);
    const came = await signInWithPassword(String(form.get("email")), String(form.get("password")));
    setResult(came);
    if (came.kind === "signed_in") return window.location.assign(next);
    setSending(false);
    password.current?.select();
  };
  return (
    // Sent without script after all, a password would not show in the address.
    <form method="post" onSubmit={submit} className={classes.form}>
      <TextInput
        name="email"
        type="email"
        label="E-mail address"
        autoComplete="username"
        required
        withAsterisk={false}
        // Another account need not wait.
        onChange={() => setResult(null)}
      />
      <PasswordInput
        ref={password}
        name="password"
        label="Password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
      />
      <SubmitButton sending={sending} disabled={result?.kind === "wait"}>
        Sign in
      </SubmitButton>
      <p className={classes.hint}>
        Forgotten the password, or locked out? Ask an administrator for a new link.
      </p>
      {result?.kind === "wait" ? <WaitNote {...result} onOver={() => setResult(null)} /> : null}
      {result?.kind === "refused" || result?.kind === "failed" ? (
        <Failure>{result.kind === "refused" ? REFUSED : result.detail}</Failure>
      ) : null}
    </form>
  );
}
