"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useLiveEvents } from "@/app/_live/use-live";
import { showNotice } from "./desktop-notice";
import { signalOf } from "./signal-of";
import { useSignalSettings } from "./signal-settings";
import { allowSound, maySound, playTone } from "./signal-sound";

/** Tells of new alerts by sound and notification, as this browser was asked to; shows nothing. */
export function AlertSignal() {
  const router = useRouter();
  const [settings] = useSignalSettings();
  const { sound, desktop, from } = settings;
  useEffect(() => {
    if (!sound) return;
    const gestures = ["pointerdown", "keydown"] as const;
    for (const gesture of gestures) document.addEventListener(gesture, allowSound);
    return () => {
      for (const gesture of gestures) document.removeEventListener(gesture, allowSound);
    };
  }, [sound]);
  useLiveEvents({
    onAlerts(changes) {
      const signal = sound || desktop ? signalOf(changes, from) : null;
      if (!signal) return;
      if (sound && maySound()) inOneTab(signal.tag, playTone);
      if (desktop) showNotice({ ...signal, onClick: () => router.push(signal.path) });
    },
  });
  return null;
}

/** Longer than two tabs take to hear the same. */
const HEARD_BY_ALL_MS = 3_000;

/** Does something in the first of this browser's tabs that comes to it. */
function inOneTab(name: string, act: () => void): void {
  // Locks are offered where notifications are; elsewhere each tab acts for itself.
  if (!navigator.locks) {
    act();
    return;
  }
  void navigator.locks.request(`signal ${name}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    act();
    await new Promise((resolve) => setTimeout(resolve, HEARD_BY_ALL_MS));
  });
}
