"use client";

import { useRouter } from "next/navigation";
import {
  createContext,
  useContext,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  useTransition,
} from "react";
import { useLiveEvents } from "@/app/_live/use-live";
import { QueryNavigation } from "@/app/_ui/query-navigation";
import { serverAnswers } from "@/app/_ui/server-answers";
import { Outage } from "./outage";

const REFRESH_MS = 10_000;
const RETRY_MS = 5_000;
/** However much happens, a page is not read more often than this for it. */
const LIVE_PAUSE_MS = 5_000;

type Freshness = {
  /** The server's clock, moving on in this browser; milliseconds since 1970. */
  now: number;
  /** When the figures in view were read. */
  readAt: number;
  /** Since when no newer ones could be had; null while all is well. */
  offlineSince: number | null;
};

const FreshnessContext = createContext<Freshness>({ now: 0, readAt: 0, offlineSince: null });

export const useFreshness = () => useContext(FreshnessContext);

type LiveFrameProps = {
  /** Names what is in view; content of another view is never shown in its place. */
  viewKey: string;
  /** Whether the figures still change. */
  live: boolean;
  /** Whether the server could not reach its database; there is no content then. */
  away: boolean;
  /** The server's clock when it read the content, milliseconds since 1970. */
  now: number;
  children?: React.ReactNode;
};

type Content = { viewKey: string; children: React.ReactNode; readAt: number };

/** Keeps a page fresh, and the last good content in view while server or database are away. */
export function LiveFrame({ viewKey, live, away, now, children }: LiveFrameProps) {
  const [good, setGood] = useState<Content | null>(null);
  const [offlineSince, setOfflineSince] = useState<number | null>(null);
  if (!away && (good?.readAt !== now || good.viewKey !== viewKey)) {
    setGood({ viewKey, children, readAt: now });
    setOfflineSince(null);
  }
  const goOffline = () => setOfflineSince((since) => since ?? Date.now());
  const noteOutage = useEffectEvent(goOffline);
  useEffect(() => {
    if (away) noteOutage();
  }, [away]);

  const offline = away || offlineSince !== null;
  const tryAgain = useRefresh(offline ? RETRY_MS : live ? REFRESH_MS : null, goOffline);
  useLiveRefresh(live && !offline, tryAgain);
  const kept = good?.viewKey === viewKey ? good : null;
  const readAt = away && kept ? kept.readAt : now;
  return (
    <FreshnessContext value={{ now: useServerClock(now), readAt, offlineSince }}>
      <QueryNavigation mayLeave={async () => !offline || tryAgain()}>
        {away ? (kept?.children ?? <Outage onRetry={tryAgain} />) : children}
      </QueryNavigation>
    </FreshnessContext>
  );
}

/**
 * Asks for the page again every so often while someone looks.
 * @returns asks at once; false when the server could not be reached
 */
function useRefresh(everyMs: number | null, goOffline: () => void): () => Promise<boolean> {
  const router = useRouter();
  const [refreshing, startRefresh] = useTransition();
  const busy = useRef(false);
  const refresh = async () => {
    // One refresh at a time: a new one throws away the one that is on its way.
    if (busy.current || refreshing) return true;
    busy.current = true;
    try {
      // A refresh that fails would leave the page for the browser's own error page.
      const reachable = await serverAnswers();
      if (reachable) startRefresh(() => router.refresh());
      else goOffline();
      return reachable;
    } finally {
      busy.current = false;
    }
  };
  const tick = useEffectEvent(() => {
    if (document.visibilityState === "visible") void refresh();
  });
  useEffect(() => {
    if (everyMs === null) return;
    const timer = setInterval(tick, everyMs);
    const look = () => tick();
    document.addEventListener("visibilitychange", look);
    window.addEventListener("online", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("online", look);
    };
  }, [everyMs]);
  return refresh;
}

/** Asks for the page again when something happened, at most every few seconds. */
function useLiveRefresh(live: boolean, refresh: () => Promise<boolean>): void {
  const lastAt = useRef(Number.NEGATIVE_INFINITY);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const read = useEffectEvent(() => {
    waiting.current = undefined;
    lastAt.current = performance.now();
    if (live && document.visibilityState === "visible") void refresh();
  });
  const readSoon = () => {
    if (!live || waiting.current !== undefined) return;
    const pause = lastAt.current + LIVE_PAUSE_MS - performance.now();
    waiting.current = setTimeout(read, Math.max(0, pause));
  };
  useLiveEvents({ onDevices: readSoon, onAlerts: readSoon, onReset: readSoon });
  useEffect(() => () => clearTimeout(waiting.current), []);
}

/** The server's time, told on by this browser: its own clock may be wrong. */
function useServerClock(serverNow: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const heardAt = performance.now();
    const tell = () => setNow(serverNow + performance.now() - heardAt);
    tell();
    const timer = setInterval(tell, 5_000);
    return () => clearInterval(timer);
  }, [serverNow]);
  return now;
}
