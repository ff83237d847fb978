"use client";

import { createContext, useContext, useEffect, useEffectEvent, useState } from "react";
import { useLiveEvents } from "@/app/_live/use-live";
import { QueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { AwayNotice } from "@/app/_ui/notices/database-away";
import { useRefresh } from "@/app/_ui/use-refresh";

const REFRESH_MS = 10_000;
const RETRY_MS = 5_000;
/** However much happens, a page is not read more often than this for it. */
const LIVE_PAUSE_MS = 5_000;

type Freshness = {
  /** When the figures in view were read, by the server's clock; milliseconds since 1970. */
  readAt: number;
  /** Since when no newer ones could be had; null while all is well. */
  offlineSince: number | null;
};

const FreshnessContext = createContext<Freshness>({ readAt: 0, offlineSince: null });

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
  const { refresh, refreshing, refreshSoon } = useRefresh({
    everyMs: offline ? RETRY_MS : live ? REFRESH_MS : null,
    onAway: goOffline,
  });
  const readSoon = () => {
    if (live && !offline) refreshSoon(LIVE_PAUSE_MS);
  };
  useLiveEvents({ onDevices: readSoon, onAlerts: readSoon, onReset: readSoon });
  const kept = good?.viewKey === viewKey ? good : null;
  const readAt = away && kept ? kept.readAt : now;
  return (
    <FreshnessContext value={{ readAt, offlineSince }}>
      <QueryNavigation mayLeave={async () => !offline || refresh()}>
        {away
          ? (kept?.children ?? (
              <AwayNotice trying={refreshing} onRetry={refresh}>
                Smart Parking can’t reach its database. Devices are asked to send again later.
                Accepted data is safe.
              </AwayNotice>
            ))
          : children}
      </QueryNavigation>
    </FreshnessContext>
  );
}
