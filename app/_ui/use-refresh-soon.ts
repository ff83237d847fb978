"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useTransition } from "react";
import { serverAnswers } from "./server-answers";

/**
 * Has the page read anew what it shows, at most every so often however often it is asked for.
 * @returns asks for it
 */
export function useRefreshSoon(atMostEveryMs: number): () => void {
  const router = useRouter();
  const [refreshing, startRefresh] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(null);
  const lastAt = useRef(Number.NEGATIVE_INFINITY);
  const refresh = useEffectEvent(async () => {
    // A new refresh throws away the one that is on its way; nobody looks at a hidden page.
    if (refreshing || document.visibilityState !== "visible") return later();
    lastAt.current = performance.now();
    // A refresh that can't reach the server would leave the page for the browser's own error page.
    if (await serverAnswers()) startRefresh(() => router.refresh());
    else later();
  });
  const later = () => {
    if (timer.current !== null) return;
    const wait = Math.max(0, lastAt.current + atMostEveryMs - performance.now());
    timer.current = setTimeout(() => {
      timer.current = null;
      void refresh();
    }, wait);
  };
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
  return later;
}
