"use client";

import { useEffect, useRef } from "react";

/**
 * Hands the focus to the page's heading when what had it has left the page: a keyboard would start
 * anew at its top otherwise.
 * @param inView changes when things leave the page
 */
export function useFocusKept(inView: unknown): void {
  const before = useRef(inView);
  useEffect(() => {
    if (before.current === inView) return;
    before.current = inView;
    if (document.activeElement && document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>("main h1")?.focus();
  }, [inView]);
}
