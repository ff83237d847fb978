/** One event of a demo bay; `timestamp` in milliseconds since 1970. */
export type DemoEvent = { bay: number; timestamp: number; isOccupied: boolean };

const HOUR_MS = 3_600_000;
const DAYS = 7;
/** How likely a free bay is taken in each hour of the clock: a morning and an evening peak. */
const ARRIVALS = [
  0.01, 0.01, 0.01, 0.01, 0.02, 0.05, 0.15, 0.4, 0.55, 0.45, 0.3, 0.25, 0.35, 0.3, 0.2, 0.2, 0.3,
  0.45, 0.5, 0.35, 0.2, 0.1, 0.05, 0.02,
];
const WEEKEND_SHARE = 0.4;

/**
 * A believable week of so many bays, up to now: always the same for the same numbers.
 * @param offsetMs how far the facility's clock is ahead of UTC
 */
export function demoWeek(bays: number, now: number, offsetMs: number): DemoEvent[] {
  const random = randomNumbers(20_240_229);
  const events: DemoEvent[] = [];
  for (let bay = 0; bay < bays; bay++) {
    let at = now - DAYS * 24 * HOUR_MS;
    while (at < now) {
      const local = new Date(at + offsetMs);
      const isWeekend = local.getUTCDay() % 6 === 0;
      const chance = (ARRIVALS[local.getUTCHours()] ?? 0) * (isWeekend ? WEEKEND_SHARE : 1);
      if (random() < chance) {
        const arrival = at + random() * HOUR_MS;
        const departure = arrival + (0.3 + 3 * random() ** 2) * HOUR_MS;
        for (const [timestamp, isOccupied] of [
          [arrival, true],
          [departure, false],
        ] as const) {
          if (timestamp < now) events.push({ bay, timestamp: Math.floor(timestamp), isOccupied });
        }
        at = departure;
      } else {
        at += HOUR_MS;
      }
    }
  }
  return events.sort((a, b) => a.timestamp - b.timestamp);
}

/** Numbers from 0 to 1 that only look random (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
