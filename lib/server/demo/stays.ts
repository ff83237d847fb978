import { addDays } from "@/lib/domain/values/dates";
import { dayKind, localDate, startOfDay } from "./local-days";
import { randomOf } from "./random";
import type { Use } from "./uses";

/** A bay whose cars are made up. */
export type Bay = { code: string; timeZone: string; use: Use };

/** A car arrives or leaves; `timestamp` in milliseconds since 1970, on a whole second. */
export type BayEvent = { timestamp: number; isOccupied: boolean };

/** From when until when a car stands in a bay, in hours since a midnight. */
type Hours = { from: number; to: number };

const HOUR_MS = 3_600_000;
/** The parking day: anyone who came on a date has left by three in the night, or stays overnight. */
const OPENS = 4;
const CLOSES = 27;
/** Between two cars, hours. */
const GAP = 0.05;

/**
 * What happens in a bay from an instant on and before another, in order; milliseconds since 1970.
 * For the same bay and times always the same, and without contradictions between calls.
 */
export function eventsBetween(bay: Bay, from: number, to: number): BayEvent[] {
  const events: BayEvent[] = [];
  let date = addDays(localDate(bay.timeZone, from), -1);
  for (const last = localDate(bay.timeZone, to); date <= last; date = addDays(date, 1)) {
    const midnight = startOfDay(bay.timeZone, date);
    const instant = (hours: number) => midnight + Math.floor(hours * 3600) * 1000;
    for (const stay of staysOn(bay, date)) {
      events.push({ timestamp: instant(stay.from), isOccupied: true });
      events.push({ timestamp: instant(stay.to), isOccupied: false });
    }
  }
  return events.filter(({ timestamp }) => timestamp >= from && timestamp < to);
}

/** The last thing that happened in a bay before an instant, if it was less than two days ago. */
export function lastEventBefore(bay: Bay, at: number): BayEvent | undefined {
  return eventsBetween(bay, at - 48 * HOUR_MS, at).at(-1);
}

/** The stays that begin on a date. */
function staysOn(bay: Bay, date: string): Hours[] {
  const before = nightAfter(bay, addDays(date, -1));
  const night = nightAfter(bay, date);
  const opens = before ? before.to - 24 + GAP : OPENS;
  const closes = night ? night.from - GAP : CLOSES;
  const random = randomOf(bay.code, date);
  const kind = dayKind(date);
  // The same for all bays of a use: there are quiet days and busy ones.
  const crowd = 0.9 + 0.2 * randomOf(bay.use.name, bay.timeZone, date)();
  const share = bay.use.visits.share[kind] * crowd;
  const day = random() < bay.use.dayLong[kind] * crowd ? workingDay(random) : null;
  if (!day || day.from < opens || day.to > closes) {
    return [...visits(bay.use, { from: opens, to: closes }, share, random), ...given(night)];
  }
  return [
    ...visits(bay.use, { from: opens, to: day.from - GAP }, share, random),
    day,
    ...visits(bay.use, { from: day.to + GAP, to: closes }, share, random),
    ...given(night),
  ];
}

const given = (stay: Hours | null) => (stay ? [stay] : []);

/** A car that comes in the evening of a date and leaves the next morning. */
function nightAfter({ code, use }: Bay, date: string): Hours | null {
  const random = randomOf(code, date, "night");
  if (random() >= use.overnight) return null;
  return { from: 18 + 4 * random(), to: 24 + 5.5 + 3 * random() };
}

function workingDay(random: () => number): Hours {
  const from = around(8, 1, random);
  return { from, to: Math.max(from + 4, around(17.2, 1.5, random)) };
}

/** Most often near the middle, never further from it than the spread. */
function around(middle: number, spread: number, random: () => number): number {
  return middle + (spread * 2 * (random() + random() + random() - 1.5)) / 3;
}

/** Visitors, one after the other, while the bay is free. */
function visits(use: Use, free: Hours, share: number, random: () => number): Hours[] {
  const [shortest, longest] = use.visits.hours;
  const stays: Hours[] = [];
  let hour = free.from;
  while (hour < free.to) {
    const chance = use.visits.hourly[Math.floor(hour) % 24] ?? 0;
    const from = hour + random();
    const to = Math.min(free.to, from + shortest + (longest - shortest) * random() ** 2);
    const comes = random() < chance * share;
    if (comes && to - from >= shortest) stays.push({ from, to });
    hour = comes ? Math.max(to, from) + GAP : hour + 1;
  }
  return stays;
}
