"use client";

import { createContext, useContext, useEffect, useState } from "react";
import { relativeAge } from "@/app/_ui/relative-age";

const TICK_MS = 15_000;

const ClockContext = createContext(0);

/** Keeps relative times true while the page stays open: the server's time, told on by the browser. */
export function Clock({ now, children }: { now: number; children: React.ReactNode }) {
  const [told, setTold] = useState(now);
  useEffect(() => {
    const heardAt = performance.now();
    const tell = () => setTold(now + performance.now() - heardAt);
    tell();
    const timer = setInterval(tell, TICK_MS);
    return () => clearInterval(timer);
  }, [now]);
  return <ClockContext value={told}>{children}</ClockContext>;
}

/** How long ago something was, its exact local time beside the pointer. */
export function Ago({ iso, exact }: { iso: string; exact: string }) {
  const now = useContext(ClockContext);
  return (
    <time dateTime={iso} title={exact}>
      {relativeAge(Date.parse(iso), now)}
    </time>
  );
}
