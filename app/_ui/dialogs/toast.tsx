"use client";

import type { NotificationData } from "@mantine/notifications";
import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";

const load = () => import("@mantine/notifications");
const Notifications = dynamic(() => load().then(({ Notifications }) => Notifications), {
  ssr: false,
});

let wanted = false;
const watchers = new Set<() => void>();
const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** Where toasts appear; what shows them is fetched with the first one. */
export function Toasts() {
  const shown = useSyncExternalStore(
    watch,
    () => wanted,
    () => false,
  );
  return shown ? <Notifications position="bottom-right" /> : null;
}

/** Shows a toast. */
export async function showToast(toast: NotificationData): Promise<void> {
  const { notifications } = await load();
  notifications.show({ closeButtonProps: { "aria-label": "Close this message" }, ...toast });
  wanted = true;
  for (const watcher of watchers) watcher();
}

/** Takes a toast away. */
export async function hideToast(id: string): Promise<void> {
  const { notifications } = await load();
  notifications.hide(id);
}
