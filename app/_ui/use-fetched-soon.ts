"use client";

import { useEffect } from "react";

const waiting = new Set<() => Promise<unknown>>();

/**
 * Fetches a part of the program as soon as someone moves or touches anything on the page: by the
 * time it is wanted it is there, and a page that is only looked at stays light.
 */
export function useFetchedSoon(load: () => Promise<unknown>): void {
  useEffect(() => {
    // Every row of a list may ask for the same part.
    if (waiting.has(load)) return;
    waiting.add(load);
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
  }, [load]);
}
