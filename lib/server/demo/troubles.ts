import { randomOf } from "./random";
import type { Trouble } from "./readings";

/** A trouble of one bay, by its place in the list of bays; times in milliseconds since 1970. */
export type Episode = { bay: number; trouble: Trouble; from: number; to: number };

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * A track always has one bay in trouble, another one every `slotMs` or so; with `lastsMs` only for
 * so long. Tracks have bays of their own, so that a bay has one trouble at a time.
 */
type Track = { trouble: Trouble; slotMs: number; lastsMs?: number };

const TRACKS: Track[] = [
  { trouble: "silent", slotMs: 18 * HOUR_MS },
  { trouble: "silent", slotMs: 30 * HOUR_MS },
  { trouble: "silent", slotMs: 50 * HOUR_MS },
  { trouble: "over-power", slotMs: 14 * HOUR_MS },
  { trouble: "over-power", slotMs: 30 * HOUR_MS },
  { trouble: "implausible", slotMs: 31 * HOUR_MS, lastsMs: 11 * MINUTE_MS },
];
/** Anyone who watches sees an alert come and go; four weeks of these would drown the others. */
const LIVE_TRACK: Track = { trouble: "over-power", slotMs: 15 * MINUTE_MS, lastsMs: 100_000 };
const TRACK_COUNT = TRACKS.length + 1;

/** The troubles that touch a span of time, in order of their beginning. */
export function episodesBetween(bays: number, from: number, to: number): Episode[] {
  return TRACKS.flatMap((track, number) => ofTrack(track, number, bays, from, to)).sort(
    (a, b) => a.from - b.from,
  );
}

/** The troubles of this moment, also those that only the living have, by bay. */
export function troublesAt(bays: number, at: number): Map<number, Trouble> {
  const now = [
    ...episodesBetween(bays, at, at + 1),
    ...ofTrack(LIVE_TRACK, TRACKS.length, bays, at, at + 1),
  ];
  return new Map(now.map(({ bay, trouble }) => [bay, trouble]));
}

function ofTrack(track: Track, number: number, bays: number, from: number, to: number): Episode[] {
  const { trouble, slotMs, lastsMs } = track;
  const starts = (slot: number) =>
    Math.round((slot + 0.6 * randomOf(number, slot)()) * (slotMs / 1000)) * 1000;
  const bayOf = (slot: number) =>
    number +
    TRACK_COUNT * Math.floor(randomOf(number, slot, "bay")() * Math.floor(bays / TRACK_COUNT));
  const episodes: Episode[] = [];
  for (let slot = Math.floor(from / slotMs) - 1; starts(slot) < to; slot++) {
    const begins = starts(slot);
    const ends = lastsMs === undefined ? starts(slot + 1) : begins + lastsMs;
    if (ends > from) episodes.push({ bay: bayOf(slot), trouble, from: begins, to: ends });
  }
  return merged(episodes);
}

/** A bay that is in trouble in two slots one after the other has one long trouble. */
function merged(episodes: Episode[]): Episode[] {
  const all: Episode[] = [];
  for (const episode of episodes) {
    const before = all.at(-1);
    if (before && before.bay === episode.bay && before.to === episode.from) before.to = episode.to;
    else all.push(episode);
  }
  return all;
}
