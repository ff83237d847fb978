"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type LiveView, parseLiveView, withLiveView } from "./live-view";

/**
 * The view as the address says it. A change needs nothing from the server, so it goes into the
 * address without asking for the page again: reload, back and shared links show the same.
 */
export function useLiveView(): [LiveView, (change: Partial<LiveView>) => void] {
  const query = useSearchParams();
  const view = useMemo(() => parseLiveView(new URLSearchParams(query)), [query]);
  const change = (changes: Partial<LiveView>) => {
    const next = withLiveView(new URLSearchParams(window.location.search), {
      ...parseLiveView(new URLSearchParams(window.location.search)),
      ...changes,
    });
    const address = `${window.location.pathname}${next.size > 0 ? `?${next}` : ""}`;
    // What is typed would fill the history letter by letter; another view is a step of its own.
    const step = changes.kind !== undefined;
    window.history[step ? "pushState" : "replaceState"](null, "", address);
  };
  return [view, change];
}
