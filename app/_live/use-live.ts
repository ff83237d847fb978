"use client";

import { createContext, useContext, useEffect, useEffectEvent } from "react";
import type { LiveAlertChange, LiveDevice } from "@/lib/domain/devices/live";

/** How this browser hears of changes; times in milliseconds since 1970 by its own clock. */
export type Connection =
  | { kind: "connecting" }
  | { kind: "live" }
  | { kind: "reconnecting"; since: number }
  | { kind: "polling"; since: number }
  | { kind: "offline"; since: number };

/** What a part of a page wants to hear. */
export type LiveListener = {
  /** Alerts raised, acknowledged, resolved or reopened. */
  onAlerts?(changes: LiveAlertChange[]): void;
  /** Devices whose facts changed, as they are now. */
  onDevices?(devices: LiveDevice[]): void;
  /** Hears changes even while no one sees the page, which costs a connection. */
  evenHidden?: boolean;
  /** Changes may have been missed, or the estate itself changed: read again what is shown. */
  onReset?(): void;
};

export type Live = {
  connection: Connection;
  /** Open alerts in view of the frame; null before the first answer. */
  openAlerts: number | null;
  /** The server's time, milliseconds since 1970. */
  now(): number;
  /** @returns ends listening */
  listen(listener: LiveListener): () => void;
};

export const LiveContext = createContext<Live>({
  connection: { kind: "connecting" },
  openAlerts: null,
  now: Date.now,
  listen: () => () => {},
});

/** The connection of this page to the server. */
export const useLive = () => useContext(LiveContext);

/** Hears changes for as long as the component is in view. */
export function useLiveEvents(listener: LiveListener): void {
  const { listen } = useLive();
  const onAlerts = useEffectEvent((changes: LiveAlertChange[]) => listener.onAlerts?.(changes));
  const onDevices = useEffectEvent((devices: LiveDevice[]) => listener.onDevices?.(devices));
  const onReset = useEffectEvent(() => listener.onReset?.());
  const wantsDevices = listener.onDevices !== undefined;
  const evenHidden = listener.evenHidden ?? false;
  useEffect(() => {
    const devices = wantsDevices ? { onDevices } : {};
    return listen({ onAlerts, onReset, evenHidden, ...devices });
  }, [listen, wantsDevices, evenHidden]);
}
