"use client";

import {
  createContext,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useClock } from "@/app/_live/clock";
import { useLive, useLiveEvents } from "@/app/_live/use-live";
import { withQuery } from "@/app/_ui/addresses/query";
import { UNREACHABLE } from "@/app/_ui/forms/api-call";
import {
  type LiveDevice,
  liveDevice,
  unpackDevices,
  type WireDevice,
} from "@/lib/domain/devices/live";
import type { LiveRow } from "./live-row";
import { LiveStore } from "./live-store";

/** Many pages hear of the same change of the estate: they don't all ask at once. */
const REREAD_WITHIN_MS = 1_500;

export type FirstDevices = {
  devices: WireDevice[];
  /** When they were read, milliseconds since 1970. */
  readAt: number;
  /** How many there are altogether. */
  total: number;
};

type LiveDevices = {
  store: LiveStore;
  /** Whether all devices are here, or the first ones alone. */
  complete: boolean;
  /** Why not, in words. */
  fault: string | null;
  retry(): void;
};

/**
 * The devices of a facility, or of all: the first ones came with the page, the others are fetched,
 * and the live stream keeps them as they are.
 */
export function useLiveDevices(facility: string | null, first: FirstDevices): LiveDevices {
  const { now, connection } = useLive();
  const [store] = useState(() => {
    const devices = first.devices.map((told) => liveDevice(told, first.readAt));
    return new LiveStore(devices, first.readAt);
  });
  const [complete, setComplete] = useState(first.devices.length === first.total);
  const [fault, setFault] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  const rereading = useRef<ReturnType<typeof setTimeout> | null>(null);
  const reread = () => {
    rereading.current ??= setTimeout(() => {
      rereading.current = null;
      setAsked((times) => times + 1);
    }, Math.random() * REREAD_WITHIN_MS);
  };
  useLiveEvents({ onDevices: (devices) => store.apply(devices, now()), onReset: reread });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is why it is read again
  useEffect(() => {
    const abort = new AbortController();
    void readDevices(facility, abort.signal).then((read) => {
      if (abort.signal.aborted) return;
      if (read.fault !== null) return setFault(read.fault);
      store.replace(read.devices, now());
      setComplete(true);
      setFault(null);
    });
    return () => abort.abort();
  }, [facility, store, now, asked]);

  const time = useClock();
  useEffect(() => store.age(time), [store, time]);

  // What could not be read while the server was away is read as soon as it is back.
  const live = connection.kind === "live" || connection.kind === "polling";
  useEffect(() => {
    if (live && fault !== null) setAsked((times) => times + 1);
  }, [live, fault]);
  return { store, complete, fault, retry: () => setAsked((times) => times + 1) };
}

type Read = { devices: LiveDevice[]; fault: null } | { fault: string };

async function readDevices(facility: string | null, signal: AbortSignal): Promise<Read> {
  const address = withQuery("/api/live/devices", { facility });
  try {
    const response = await fetch(address, { signal, cache: "no-store" });
    const body = await response.json();
    if (!response.ok) return { fault: String(body.detail ?? response.statusText) };
    return { devices: unpackDevices(body), fault: null };
  } catch {
    return { fault: UNREACHABLE };
  }
}

const StoreContext = createContext<LiveStore | null>(null);
export const LiveStoreProvider = StoreContext.Provider;

export function useLiveStore(): LiveStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error("No live devices here.");
  return store;
}

/** A device as it is now; undefined once it is gone. */
export function useLiveRow(id: number): LiveRow | undefined {
  const store = useLiveStore();
  const row = () => store.row(id);
  return useSyncExternalStore((watcher) => store.watchRow(id, watcher), row, row);
}

/** All devices in view, a moment later than their rows. */
export function useLiveRows(): LiveRow[] {
  const { watchAll, all } = useLiveStore();
  return useSyncExternalStore(watchAll, all, all);
}
