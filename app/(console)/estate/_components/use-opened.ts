"use client";

import { useEffect, useRef, useState } from "react";

/** Which dialog of several is open, if any; the focus goes back to what opened it. */
export function useOpened<T>() {
  const [open, setOpen] = useState<T | null>(null);
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    if (open !== null || !(opener.current instanceof HTMLElement)) return;
    if (opener.current.isConnected) opener.current.focus();
    opener.current = null;
  }, [open]);
  const show = (what: T) => {
    opener.current = document.activeElement;
    setOpen(what);
  };
  return { open, show, close: () => setOpen(null) };
}
