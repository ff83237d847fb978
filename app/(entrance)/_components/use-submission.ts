"use client";

import { useEffect, useRef, useState } from "react";
import type { ApiResult } from "@/app/_ui/forms/api-call";
import type { Fault } from "@/app/_ui/forms/fault-note";

type Failure = Extract<ApiResult<unknown>, { ok: false }>;

/**
 * What a form needs to be sent: one call at a time, what is wrong by field, and the focus on the
 * first field at fault. It counts as being sent until the page is left, or the call has failed.
 */
export function useSubmission(send: (form: FormData) => Promise<Failure | null>) {
  const form = useRef<HTMLFormElement>(null);
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<(Fault & { status: number }) | null>(null);
  useEffect(() => {
    if (fault) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [fault]);
  const submit = async (event: React.SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    const failure = await send(new FormData(event.currentTarget));
    setFault(failure);
    if (failure) setSending(false);
  };
  const errorOf = (field: string) => fault?.errors[field]?.join(" ");
  // Sent without script after all, a password would not show in the address.
  const formProps = { ref: form, method: "post", noValidate: true, onSubmit: submit } as const;
  return { formProps, sending, fault, errorOf };
}
