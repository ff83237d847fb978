"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { LiveConnection, type LiveState } from "./live-connection";
import { LiveContext } from "./use-live";

type LiveProviderProps = {
  /** Where the log of changes stood before the page was read; null where nobody followed it. */
  position: string | null;
  children: React.ReactNode;
};

/** Connects a page to the server's changes, for the facility in the address. */
export function LiveProvider({ position, children }: LiveProviderProps) {
  const facility = useSearchParams().get("facility") || null;
  const [connection] = useState(() => new LiveConnection(position));
  useEffect(() => connection.follow(facility), [connection, facility]);
  useEffect(() => connection.start(), [connection]);
  const state = useSyncExternalStore(connection.watch, connection.snapshot, () => UNKNOWN);
  const live = useMemo(
    () => ({ ...state, listen: connection.listen, now: connection.now }),
    [state, connection],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

const UNKNOWN: LiveState = { connection: { kind: "connecting" }, openAlerts: null };
