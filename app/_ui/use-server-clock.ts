"use client";

import { useEffect, useState } from "react";

const EVERY_MS = 5_000;

/**
 * The server's time, told on by this browser: its own clock may be wrong.
 * @param serverNow the server's clock when it answered; milliseconds since 1970
 */
export function useServerClock(serverNow: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const heardAt = performance.now();
    const tell = () => setNow(serverNow + performance.now() - heardAt);
    tell();
    const timer = setInterval(tell, EVERY_MS);
    return () => clearInterval(timer);
  }, [serverNow]);
  return now;
}
