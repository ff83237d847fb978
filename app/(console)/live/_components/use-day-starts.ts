"use client";

import { useEffect, useState } from "react";
import { useLive } from "@/app/_live/use-live";
import { startOfDay } from "@/app/_ui/words/local-time";

type DayStarts = Record<number, number>;
const LOOK_EVERY_MS = 30_000;

/**
 * When today began in each facility, milliseconds since 1970; another record once a day.
 * @param readAt the server's time when the page was read
 */
export function useDayStarts(timeZones: Record<number, string>, readAt: number): DayStarts {
  const { now } = useLive();
  const [starts, setStarts] = useState(() => startsAt(readAt, timeZones));
  useEffect(() => {
    const look = () => setStarts((known) => unlessSame(known, startsAt(now(), timeZones)));
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [now, timeZones]);
  return starts;
}

function startsAt(now: number, timeZones: Record<number, string>): DayStarts {
  const known = new Map<string, number>();
  const startIn = (zone: string) => {
    const start = known.get(zone) ?? startOfDay(now, zone);
    known.set(zone, start);
    return start;
  };
  return Object.fromEntries(Object.entries(timeZones).map(([id, zone]) => [id, startIn(zone)]));
}

function unlessSame(known: DayStarts, next: DayStarts): DayStarts {
  const ids = Object.keys(next);
  const same =
    ids.length === Object.keys(known).length &&
    ids.every((id) => known[Number(id)] === next[Number(id)]);
  return same ? known : next;
}
