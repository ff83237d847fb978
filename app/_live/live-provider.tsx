"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { named } from "@/app/_ui/addresses/query";
import { CONNECTING, LiveConnection } from "./live-connection";
import { LiveContext } from "./use-live";

type LiveProviderProps = {
  /** The facilities that the viewer may choose from. */
  facilities: readonly { id: number; code: string }[];
  /** Where the log of changes stood before the page was read; null where no one followed it. */
  position: string | null;
  /** The server's time then, milliseconds since 1970. */
  now: number;
  children: React.ReactNode;
};

/** Connects a page to the server's changes, for the facility in the address. */
export function LiveProvider({ position, now, facilities, children }: LiveProviderProps) {
  const wanted = useSearchParams().get("facility");
  // Of a place that is not there nothing can be told: the page says so, the frame shows all.
  const place = named(facilities, wanted);
  const facility = place ? String(place.id) : null;
  const [connection] = useState(() => new LiveConnection(position, now));
  useEffect(() => connection.follow(facility), [connection, facility]);
  useEffect(() => connection.start(), [connection]);
  const state = useSyncExternalStore(connection.watch, connection.snapshot, () => CONNECTING);
  const live = useMemo(
    () => ({ ...state, listen: connection.listen, now: connection.now }),
    [state, connection],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}
