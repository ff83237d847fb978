"use client";

import { useEffect } from "react";

/**
 * Fetches a part of the program as soon as someone moves or touches anything on the page: by the
 * time it is wanted it is there, and a page that is only looked at stays light.
 */
export function useFetchedSoon(load: () => Promise<unknown>): void {
  useEffect(() => {
    const signs = ["pointermove", "pointerdown", "keydown"] as const;
    const fetchIt = () => {
      stop();
      // Where it can't be fetched now, it is fetched when it is wanted.
      void load().catch(() => {});
    };
    const stop = () => {
      for (const sign of signs) window.removeEventListener(sign, fetchIt);
    };
    for (const sign of signs) window.addEventListener(sign, fetchIt, { passive: true });
    return stop;
  }, [load]);
}
