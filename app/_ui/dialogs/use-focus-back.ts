"use client";

import { useEffect, useRef } from "react";

/** The focus goes back to the button that opened something once that is closed. */
export function useFocusBack(closed: boolean) {
  const opener = useRef<HTMLButtonElement>(null);
  const wasClosed = useRef(true);
  useEffect(() => {
    if (closed && !wasClosed.current) opener.current?.focus();
    wasClosed.current = closed;
  }, [closed]);
  return opener;
}
