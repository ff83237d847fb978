"use client";

import { useEffect, useRef } from "react";

/**
 * Hands the focus to the page's heading when what had it has left the page: a keyboard would start
 * again at its top otherwise. Where nothing had it, nothing is handed on.
 * @param inView changes when things leave the page
 */
export function useFocusKept(inView: unknown): void {
  const before = useRef(inView);
  const focused = useRef<EventTarget | null>(null);
  useEffect(() => {
    const note = (event: FocusEvent) => {
      focused.current = event.target;
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, []);
  useEffect(() => {
    if (before.current === inView) return;
    before.current = inView;
    if (document.activeElement && document.activeElement !== document.body) return;
    if (!(focused.current instanceof Node) || focused.current.isConnected) return;
    focusHeading();
  }, [inView]);
}

/** Where the focus goes when what had it is gone. */
export const focusHeading = () => document.querySelector<HTMLElement>("main h1")?.focus();
