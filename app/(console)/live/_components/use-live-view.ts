"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";
import { type LiveView, parseLiveView, withLiveView } from "./live-view";

const WRITE_AFTER_MS = 300;

/**
 * The view as the address says it. A change needs nothing from the server, so it goes into the
 * address without asking for the page again: reload, back and shared links show the same. What is
 * typed is shown at once, and written when there is a pause.
 */
export function useLiveView(): [LiveView, (change: Partial<LiveView>) => void] {
  const query = useSearchParams();
  const written = useMemo(() => parseLiveView(new URLSearchParams(query)), [query]);
  const [ahead, setAhead] = useState<LiveView | null>(null);
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => clearTimeout(waiting.current ?? undefined), []);
  const [known, setKnown] = useState(written);
  if (known !== written) {
    setKnown(written);
    setAhead(null);
  }
  const change = (changes: Partial<LiveView>) => {
    const next = { ...(ahead ?? written), ...changes };
    setAhead(next);
    clearTimeout(waiting.current ?? undefined);
    // Another view is a step of its own in the history; letters of a search are none.
    const isStep = changes.kind !== undefined;
    const write = () => {
      waiting.current = null;
      const address = withLiveView(new URLSearchParams(window.location.search), next);
      window.history[isStep ? "pushState" : "replaceState"](
        null,
        "",
        `${window.location.pathname}${address.size > 0 ? `?${address}` : ""}`,
      );
    };
    if (changes.search === undefined) write();
    else waiting.current = setTimeout(write, WRITE_AFTER_MS);
  };
  return [ahead ?? written, change];
}
