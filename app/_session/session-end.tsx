"use client";

import { useEffect } from "react";
import { listenForSignOut, SESSION_ENDED } from "@/app/_ui/session-events";

/**
 * Leads to sign-in as soon as the session is over: when another tab signs out, and when an answer
 * of the server says so.
 */
export function SessionEnd() {
  useEffect(() => {
    const stopListening = listenForSignOut(() => window.location.assign("/sign-in"));
    const comeBack = () => {
      const { pathname, search } = window.location;
      window.location.assign(`/sign-in?${new URLSearchParams({ next: pathname + search })}`);
    };
    window.addEventListener(SESSION_ENDED, comeBack);
    return () => {
      stopListening();
      window.removeEventListener(SESSION_ENDED, comeBack);
    };
  }, []);
  return null;
}
