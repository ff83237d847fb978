"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "./api-call";
import type { Fault } from "./fault-note";

type Change = {
  /** Whether a call is under way. */
  busy: boolean;
  /** Why the last call did nothing. */
  fault: Fault | null;
  /** The error of one field, shown next to it. */
  faultOf(field: string): string | undefined;
  /**
   * Calls the API, and has the page reload what it shows.
   * @returns the answer, null when it was refused: `fault` says why
   */
  send<T>(
    method: "POST" | "PATCH" | "DELETE",
    path: string,
    message?: unknown,
  ): Promise<{ body: T } | null>;
};

/** One change that someone makes on a page. */
export function useChange(): Change {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const send: Change["send"] = async <T>(
    ...call: Parameters<Change["send"]>
  ): Promise<{ body: T } | null> => {
    setBusy(true);
    setFault(null);
    const result = await callApi<T>(...call);
    setBusy(false);
    if (!result.ok) setFault(result);
    if (result.ok) router.refresh();
    return result.ok ? { body: result.body } : null;
  };
  return { busy, fault, send, faultOf: (field) => fault?.errors[field]?.join(" ") };
}
