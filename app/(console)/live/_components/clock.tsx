"use client";

import { createContext, useContext, useEffect, useState } from "react";
import { useLive } from "@/app/_live/use-live";

const TICK_MS = 5_000;
const ClockContext = createContext(0);

/** Tells all relative times on a page on together. @param now the server's time when it was made */
export function Clock({ now: first, children }: { now: number; children: React.ReactNode }) {
  const { now } = useLive();
  const [time, setTime] = useState(first);
  useEffect(() => {
    const tick = () => setTime(now());
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [now]);
  return <ClockContext value={time}>{children}</ClockContext>;
}

/** The server's time, every five seconds again; milliseconds since 1970. */
export const useClock = () => useContext(ClockContext);
