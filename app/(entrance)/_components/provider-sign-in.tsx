"use client";

import { Button, Divider } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useState } from "react";
import { leaveForProvider } from "@/app/_ui/forms/auth-call";
import { Failure } from "@/app/_ui/forms/fault-note";

type ProviderSignInProps = {
  provider: string;
  name: string;
  next: string;
  /** What came of the last attempt, in words. */
  problem: string | null;
};

/** The way in for people whom someone else vouches for. */
export function ProviderSignIn({ provider, name, next, problem }: ProviderSignInProps) {
  const ready = useMounted();
  const [leaving, setLeaving] = useState(false);
  const [fault, setFault] = useState(problem);
  const leave = async () => {
    setLeaving(true);
    const reason = await leaveForProvider(provider, next);
    setFault(reason);
    if (reason !== null) setLeaving(false);
  };
  return (
    <>
      {fault === null ? null : <Failure>{fault}</Failure>}
      <Button variant="default" size="md" onClick={leave} loading={leaving} disabled={!ready}>
        Sign in with {name}
      </Button>
      <Divider label="or with a password" />
    </>
  );
}
