"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useTransition } from "react";
import { serverAnswers } from "./server-answers";

type Planned = { timer: ReturnType<typeof setTimeout>; dueAt: number };

/** While the server does not answer it is asked no more often than that. */
const RETRY_MS = 5_000;

/**
 * Has the page reload what it shows.
 * @returns asks for it, so long after the last time at the earliest, milliseconds
 */
export function useRefreshSoon(): (pauseMs: number) => void {
  const router = useRouter();
  const [refreshing, startRefresh] = useTransition();
  const planned = useRef<Planned>(null);
  const lastAt = useRef(Number.NEGATIVE_INFINITY);
  const refresh = useEffectEvent(async () => {
    planned.current = null;
    // A new refresh throws away the one that is on its way; no one looks at a hidden page.
    if (refreshing || document.visibilityState !== "visible") return plan(RETRY_MS);
    lastAt.current = performance.now();
    // A refresh that can't reach the server would leave the page for the browser's own error page.
    if (await serverAnswers()) startRefresh(() => router.refresh());
    else plan(RETRY_MS);
  });
  const plan = (delayMs: number) => {
    const dueAt = performance.now() + delayMs;
    if (planned.current && planned.current.dueAt <= dueAt) return;
    if (planned.current) clearTimeout(planned.current.timer);
    planned.current = { dueAt, timer: setTimeout(() => void refresh(), delayMs) };
  };
  useEffect(
    () => () => {
      if (planned.current) clearTimeout(planned.current.timer);
    },
    [],
  );
  return (pauseMs) => plan(Math.max(0, lastAt.current + pauseMs - performance.now()));
}
