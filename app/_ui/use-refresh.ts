"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useTransition } from "react";

type Options = {
  /** How often the page is reloaded by itself; null for never. */
  everyMs?: number | null;
  /** Called when the server could not be reached. */
  onAway?: () => void;
};

type Refresh = {
  /** Whether the newer page is on its way. */
  refreshing: boolean;
  /** Reloads what the page shows. @returns false when the server could not be reached */
  refresh(): Promise<boolean>;
  /** The same so long after the last time at the earliest, milliseconds, and once someone looks. */
  refreshSoon(pauseMs?: number): void;
};

type Planned = { timer: ReturnType<typeof setTimeout>; dueAt: number };

/** While the server does not answer it is asked no more often than that. */
const RETRY_MS = 5_000;
const BUSY_MS = 1_000;
/** However many changes come, the page is read again no more often than this for them. */
const PAUSE_MS = 2_000;
const PROBE_LIMIT_MS = 8_000;

/** Has the page reload what it shows: one refresh at a time, and only while someone looks. */
export function useRefresh({ everyMs = null, onAway }: Options = {}): Refresh {
  const router = useRouter();
  const [refreshing, startRefresh] = useTransition();
  const busy = useRef(false);
  const planned = useRef<Planned>(null);
  const lastAt = useRef(Number.NEGATIVE_INFINITY);
  const refresh = async () => {
    // A new refresh throws away the one that is on its way.
    if (busy.current || refreshing) return true;
    busy.current = true;
    try {
      // A refresh that can't reach the server would leave the page for the browser's own error page.
      const reachable = await serverAnswers();
      if (reachable) startRefresh(() => router.refresh());
      else onAway?.();
      return reachable;
    } finally {
      busy.current = false;
    }
  };
  const plan = (delayMs: number) => {
    const dueAt = performance.now() + delayMs;
    if (planned.current && planned.current.dueAt <= dueAt) return;
    clearTimeout(planned.current?.timer);
    planned.current = { dueAt, timer: setTimeout(() => void runPlanned(), delayMs) };
  };
  const runPlanned = useEffectEvent(async () => {
    clearTimeout(planned.current?.timer);
    planned.current = null;
    if (busy.current || refreshing) return plan(BUSY_MS);
    if (document.visibilityState !== "visible") return plan(RETRY_MS);
    lastAt.current = performance.now();
    // A page that is reloaded every so often needs no other try.
    if (!(await refresh()) && everyMs === null) plan(RETRY_MS);
  });
  const look = useEffectEvent(() => {
    if (document.visibilityState !== "visible") return;
    if (everyMs !== null) void refresh();
    else if (planned.current) void runPlanned();
  });
  useEffect(() => {
    const tick = () => look();
    const timer = everyMs === null ? undefined : setInterval(tick, everyMs);
    document.addEventListener("visibilitychange", tick);
    window.addEventListener("online", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
      window.removeEventListener("online", tick);
    };
  }, [everyMs]);
  useEffect(() => () => clearTimeout(planned.current?.timer), []);
  const refreshSoon = (pauseMs = PAUSE_MS) =>
    plan(Math.max(0, lastAt.current + pauseMs - performance.now()));
  return { refreshing, refresh, refreshSoon };
}

/** Whether this server can be reached, and can reach its database: pages need no more of it. */
async function serverAnswers(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PROBE_LIMIT_MS);
    const health = await fetch("/api/health?part=database", { cache: "no-store", signal });
    return health.ok;
  } catch {
    return false;
  }
}
