"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";
import { withQuery } from "@/app/_ui/addresses/query";
import { type LiveView, liveView } from "../view";

const WRITE_AFTER_MS = 300;

/**
 * The view as the address says it. A change needs nothing from the server, so it goes into the
 * address without asking for the page again: reload, back and shared links show the same. What is
 * typed is shown at once, and written when there is a pause.
 */
export function useLiveView(): [LiveView, (change: Partial<LiveView>) => void] {
  const query = useSearchParams();
  const written = useMemo(() => liveView.read(new URLSearchParams(query)), [query]);
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
      // The frame chooses the facility, which may have changed since.
      const { facility: _, ...own } = next;
      const address = liveView.write(new URLSearchParams(window.location.search), own);
      window.history[isStep ? "pushState" : "replaceState"](
        null,
        "",
        withQuery(window.location.pathname, address),
      );
    };
    if (changes.search === undefined) write();
    else waiting.current = setTimeout(write, WRITE_AFTER_MS);
  };
  return [ahead ?? written, change];
}
