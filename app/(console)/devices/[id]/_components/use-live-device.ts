"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { useLiveEvents } from "@/app/_live/use-live";
import { useRefreshSoon } from "@/app/_ui/use-refresh-soon";
import { useServerClock } from "@/app/_ui/use-server-clock";
import { isSilent } from "@/lib/domain/alerting";
import { DEFAULT_LIMITS } from "@/lib/domain/limits";
import type { LiveDevice } from "@/lib/domain/live";

/** Lists follow the live state at this pace. */
const REFRESH_MS = 10_000;

type LiveState = {
  /** The newest that is known of the device. */
  live: LiveDevice;
  /** Whether it has been silent for longer than allowed. */
  silent: boolean;
  /** The server's clock, milliseconds since 1970. */
  now: number;
};

/**
 * A device as the live stream tells of it; what else the page shows of it is read anew soon after.
 * @param facts the device as the server read it
 * @param now the server's clock then, milliseconds since 1970
 * @param chartsEveryMs how often new readings are worth drawing
 */
export function useLiveDevice(facts: LiveDevice, now: number, chartsEveryMs: number): LiveState {
  const [live, setLive] = useState(facts);
  const [readAt, setReadAt] = useState(now);
  const clock = useServerClock(now);
  if (readAt !== now) {
    setReadAt(now);
    if (facts.read_at >= live.read_at) setLive(facts);
  }
  const refreshSoon = useRefreshSoon();
  useLiveEvents({
    onDevices: (devices) => {
      const changed = devices.find(({ id }) => id === facts.id);
      if (!changed) return;
      setLive(changed);
      refreshSoon(chartsEveryMs);
    },
    onAlerts: (changes) => {
      if (changes.some(({ device_id }) => device_id === facts.id)) refreshSoon(REFRESH_MS);
    },
    onReset: () => refreshSoon(REFRESH_MS),
  });
  const limits = { ...DEFAULT_LIMITS, offlineAfterSeconds: live.offline_after_seconds };
  const silent = isSilent(live.last_contact_at, limits, clock);
  // Where the stream tells of another facility, nobody has looked since it should have been heard.
  const doubted = silent && !isSilent(live.last_contact_at, limits, live.read_at);
  const lookAgain = useEffectEvent(() => refreshSoon(REFRESH_MS));
  useEffect(() => {
    if (doubted) lookAgain();
  }, [doubted]);
  return { live, silent, now: Math.max(clock, live.read_at) };
}
