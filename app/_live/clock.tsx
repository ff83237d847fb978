"use client";

import { createContext, useContext, useEffect, useState } from "react";
import { Moment } from "@/app/_ui/words/moment";
import { useLive } from "./use-live";

const TICK_MS = 5_000;

/**
 * The server's time, every five seconds again: the browser's own clock may be wrong.
 * @param read the server's time when the page was read; milliseconds since 1970
 */
export function useServerTime(read: number): number {
  const { now } = useLive();
  const [time, setTime] = useState(read);
  const [known, setKnown] = useState(read);
  if (known !== read) {
    setKnown(read);
    setTime(read);
  }
  useEffect(() => {
    const tick = () => setTime(now());
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [now]);
  return time;
}

const ClockContext = createContext(0);

/** Keeps the relative times of a page true while it stays open. */
export function Clock({ now, children }: { now: number; children: React.ReactNode }) {
  return <ClockContext value={useServerTime(now)}>{children}</ClockContext>;
}

/** The server's time, milliseconds since 1970. */
export const useClock = () => useContext(ClockContext);

/** How long ago something was, its exact local time beside the pointer. */
export function Ago({ iso, exact }: { iso: string; exact: string }) {
  // Where clocks differ a little, what has just been is not still to come.
  return <Moment iso={iso} exact={exact} now={Math.max(useClock(), Date.parse(iso))} />;
}
