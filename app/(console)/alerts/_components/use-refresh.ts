"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState, useTransition } from "react";
import { serverAnswers } from "@/app/_ui/server-answers";

/** However many changes come, the page is read again no more often than this. */
const PAUSE_MS = 2_000;

/** Reads the page again when it is asked to: one refresh at a time, and only while someone looks. */
export function useRefresh(): () => void {
  const router = useRouter();
  const [refreshing, startRefresh] = useTransition();
  const [wanted, setWanted] = useState(0);
  const served = useRef(0);
  const refresh = useEffectEvent(async () => {
    if (document.visibilityState !== "visible") return;
    // A refresh that can't reach the server would leave the page for the browser's own error page.
    if (!(await serverAnswers())) return;
    served.current = wanted;
    startRefresh(() => router.refresh());
  });
  useEffect(() => {
    if (wanted === served.current || refreshing) return;
    const timer = setTimeout(refresh, served.current === 0 ? 0 : PAUSE_MS);
    const look = () => void refresh();
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [wanted, refreshing]);
  return () => setWanted((count) => count + 1);
}
