"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { useClock } from "@/app/_live/clock";
import { useLiveEvents } from "@/app/_live/use-live";
import { useRefresh } from "@/app/_ui/use-refresh";
import { type LiveDevice, standingOf } from "@/lib/domain/devices/live";

/** Lists follow the live state at this pace. */
const REFRESH_MS = 10_000;

type LiveState = {
  /** The newest that is known of the device. */
  live: LiveDevice;
  /** The server's clock, milliseconds since 1970. */
  now: number;
};

/**
 * A device as the live stream tells of it; what else the page shows of it is read again soon after.
 * @param facts the device as the server read it
 * @param now the server's clock then, milliseconds since 1970
 * @param chartsEveryMs how often new readings are worth drawing
 */
export function useLiveDevice(facts: LiveDevice, now: number, chartsEveryMs: number): LiveState {
  const [live, setLive] = useState(facts);
  const [readAt, setReadAt] = useState(now);
  const clock = useClock();
  if (readAt !== now) {
    setReadAt(now);
    if (facts.read_at >= live.read_at) setLive(facts);
  }
  const { refreshSoon } = useRefresh();
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
  const isOffline = (at: number) => standingOf(live, at).state === "offline";
  // Where the stream tells of another facility, no one has looked since it should have been heard.
  const doubted = isOffline(clock) && !isOffline(live.read_at);
  const lookAgain = useEffectEvent(() => refreshSoon(REFRESH_MS));
  useEffect(() => {
    if (doubted) lookAgain();
  }, [doubted]);
  return { live, now: Math.max(clock, live.read_at) };
}
